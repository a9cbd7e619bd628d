import type { Bench } from "./bench"
import type { Case, Contender } from "./case"

/** What one contender took. */
export type Figures = {
  /** milliseconds */
  median: number
  least: number
  most: number
  statements: number
  /** how much more than before it was alive in Medusa at most, where that is measured; megabytes */
  growthMb: number | null
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

type Turn = { ms: number; statements: number; peakMb: number }

const MB = 1024 * 1024

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2
}

/** Has a contender do its work once. @returns how long it took; milliseconds */
async function timed(contender: Contender): Promise<number> {
  const start = performance.now()
  const own = await contender.run()
  return own ?? performance.now() - start
}

async function takeTurn({ memory, statements }: Bench, contender: Contender): Promise<Turn> {
  await contender.prepare?.()
  await Promise.all([memory.reset(), statements.reset()])
  const ms = await timed(contender)
  const turn = { ms, peakMb: (await memory.peak()) / MB, statements: await statements.count() }
  await contender.check?.()
  return turn
}

/** @returns by how much what is alive in Medusa grows at most while a contender is at work; megabytes */
async function growthOf({ memory }: Bench, contender: Contender): Promise<number> {
  await contender.prepare?.()
  await memory.watchLive()
  await contender.run()
  const growth = (await memory.liveGrowth()) / MB
  await contender.check?.()
  return growth
}

function figuresOf(turns: readonly Turn[], growthMb: number | null): Figures {
  const times = turns.map(({ ms }) => ms)
  return {
    median: medianOf(times),
    least: Math.min(...times),
    most: Math.max(...times),
    // what the shop's own jobs add to a turn is not the contender's
    statements: Math.min(...turns.map(({ statements }) => statements)),
    growthMb,
    peakMb: Math.max(...turns.map(({ peakMb }) => peakMb)),
  }
}

const pick = (figures: Record<string, Figures>, name: keyof Figures) =>
  Object.fromEntries(Object.entries(figures).map(([contender, each]) => [contender, each[name] ?? NaN]))

/** Has a contender do its work until it is as quick as it will be: code that has not run often is not compiled yet. */
async function warmUp(contender: Contender, forMs: number): Promise<void> {
  const end = performance.now() + forMs
  do {
    await contender.prepare?.()
    await contender.run()
    await contender.check?.()
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
    for (const [who, contender] of entries) {
      taken.get(who)?.push(await takeTurn(bench, contender))
    }
  }
  const figures: Record<string, Figures> = {}
  for (const [who, contender] of entries) {
    figures[who] = figuresOf(taken.get(who) ?? [], watchesGrowth ? await growthOf(bench, contender) : null)
  }
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
