import type { Bench } from "./bench"
import type { Case, Contender } from "./case"

/** What one contender took. */
export type Figures = {
  /** milliseconds */
  median: number
  least: number
  most: number
  statements: number
  /** how much more than before it Medusa took at most; megabytes */
  growthMb: number
  /** the most that Medusa took; megabytes */
  peakMb: number
}

/** What a case has shown. */
export type CaseResult = {
  /** the short one, by which a case is picked */
  name: string
  title: string
  turns: number
  contenders: Record<string, Figures>
  goals: { text: string; figure: number; unit: string; holds: boolean }[]
}

type Turn = { ms: number; statements: number; growthMb: number; peakMb: number }

const MB = 1024 * 1024

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2
}

async function takeTurn(bench: Bench, contender: Contender, watchesGrowth: boolean): Promise<Turn> {
  await contender.prepare?.()
  const before = await bench.memory.reset(watchesGrowth)
  await bench.statements.reset()
  const start = performance.now()
  const own = await contender.run()
  const ms = own ?? performance.now() - start
  const peak = await bench.memory.peak()
  return { ms, statements: await bench.statements.count(), growthMb: (peak - before) / MB, peakMb: peak / MB }
}

function figuresOf(turns: readonly Turn[]): Figures {
  const times = turns.map(({ ms }) => ms)
  return {
    median: medianOf(times),
    least: Math.min(...times),
    most: Math.max(...times),
    // what the shop's own jobs add to a turn is not the contender's
    statements: Math.min(...turns.map(({ statements }) => statements)),
    growthMb: Math.max(...turns.map(({ growthMb }) => growthMb)),
    peakMb: Math.max(...turns.map(({ peakMb }) => peakMb)),
  }
}

const pick = (figures: Record<string, Figures>, name: keyof Figures) =>
  Object.fromEntries(Object.entries(figures).map(([contender, each]) => [contender, each[name]]))

/** Has a contender do its work until it is as quick as it will be: code that has not run often is not compiled yet. */
async function warmUp(contender: Contender, forMs: number): Promise<void> {
  const end = performance.now() + forMs
  do {
    await contender.prepare?.()
    await contender.run()
  } while (performance.now() < end)
}

/**
 * Has the contenders of a case do its work in turns, so that a slow minute of the machine is a slow minute for all. Each
 * is warmed up for the same time before.
 */
export async function measure(bench: Bench, name: string, { title, contenders, goals, turns = bench.size.turns, watchesGrowth = false }: Case): Promise<CaseResult> {
  const entries = Object.entries(contenders)
  for (const [, contender] of entries) {
    await warmUp(contender, bench.size.warmUpMs)
  }
  const taken = new Map<string, Turn[]>(entries.map(([contender]) => [contender, []]))
  for (let turn = 0; turn < turns; turn += 1) {
    for (const [contender, work] of entries) {
      taken.get(contender)?.push(await takeTurn(bench, work, watchesGrowth))
    }
  }
  const figures = Object.fromEntries([...taken].map(([contender, each]) => [contender, figuresOf(each)]))
  const seen = { times: pick(figures, "median"), growthMb: pick(figures, "growthMb"), statements: pick(figures, "statements") }
  return {
    name,
    title,
    turns,
    contenders: figures,
    goals: goals.map(({ text, figure, unit, holds }) => {
      const value = figure(seen)
      return { text, figure: value, unit, holds: holds(value) }
    }),
  }
}
