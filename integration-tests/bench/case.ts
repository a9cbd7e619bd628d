import type { Bench } from "./bench"

/** One of those that do the same work in a case. */
export type Contender = {
  /** makes things ready for a turn; is not measured */
  prepare?: () => Promise<unknown>
  /**
   * Does the work once.
   * @returns how long it took, in milliseconds, where that is not the time until it comes back
   */
  run: () => Promise<number | undefined>
  /**
   * Makes sure that the work was done, where that does not show in its answer; is not measured
   * @throws Error when it was not
   */
  check?: () => Promise<unknown>
}

/** What the contenders took: medians in milliseconds, by their names. */
export type Times = Readonly<Record<string, number>>

/** What a case is to reach. */
export type Goal = {
  /** as it stands in the table, with the figure behind it */
  text: string
  figure: (result: { times: Times; growthMb: Readonly<Record<string, number>>; statements: Readonly<Record<string, number>> }) => number
  unit: string
  holds: (figure: number) => boolean
}

/** Work that several do in turns. The first contender is this plugin. */
export type Case = {
  /** what is done, with its size */
  title: string
  contenders: Readonly<Record<string, Contender>>
  goals: readonly Goal[]
  /** how often each does it; the size says so otherwise */
  turns?: number
  /** whether it is measured, after the turns, by how much Medusa grows */
  watchesGrowth?: boolean
}

/** Makes a case for a bench; what is made here stands before the first turn. */
export type CaseMaker = (bench: Bench) => Promise<Case> | Case

/** The name of this plugin among the contenders. */
export const OURS = "plugin"

/** A contender's time in relation to another's, which is ours if nothing else is said. */
const ratio = (than: string, who: string = OURS) => ({ times }: { times: Times }) => (times[than] ?? NaN) / (times[who] ?? NaN)

/** The plugin, or whoever else is named, is so many times as quick as another. */
export const quicker = (than: string, by: number, who: string = OURS): Goal => ({
  text: `${who === OURS ? "" : `${who} `}≥ ${String(by)} × as quick as ${than}`,
  figure: ratio(than, who),
  unit: "×",
  holds: (figure) => figure >= by,
})

/** The plugin, or whoever else is named, takes at most so many times as long as another. */
export const within = (by: number, of: string, who: string = OURS): Goal => ({
  text: `${who === OURS ? "" : `${who} `}≤ ${String(by)} × ${of}`,
  figure: ratio(who, of),
  unit: "×",
  holds: (figure) => figure <= by,
})

/** The plugin does at least such a share of what another does in the same time. */
export const shareOf = (of: string, percent: number): Goal => ({
  text: `≥ ${String(percent)} % of the rate of ${of}`,
  figure: (result) => 100 * ratio(of)(result),
  unit: "%",
  holds: (figure) => figure >= percent,
})

/** The plugin takes no longer than this, in milliseconds. */
export const atMostMs = (limit: number, contender: string = OURS): Goal => ({
  text: `${contender === OURS ? "" : `${contender} `}≤ ${String(limit)} ms`,
  figure: ({ times }) => times[contender] ?? NaN,
  unit: "ms",
  holds: (figure) => figure <= limit,
})

/** The plugin needs no more statements than this. */
export const atMostStatements = (limit: number): Goal => ({
  text: `≤ ${String(limit)} statements`,
  figure: ({ statements }) => statements[OURS] ?? NaN,
  unit: "",
  holds: (figure) => figure <= limit,
})

/** What is alive in Medusa grows by less than this while a contender is at work. */
export const growsLessThan = (limitMb: number, contender: string = OURS): Goal => ({
  text: `${contender === OURS ? "" : `${contender}: `}grows by < ${String(limitMb)} MB`,
  figure: ({ growthMb }) => growthMb[contender] ?? NaN,
  unit: "MB",
  holds: (figure) => figure < limitMb,
})
