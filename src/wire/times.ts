import { z } from "zod"

import { timeSchema } from "./normalise"

/** How far another machine's clock may be ahead of the shop's; milliseconds. */
export const CLOCK_TOLERANCE_MS = 5 * 60 * 1000

/** Whether a time, in milliseconds since 1970, is further ahead of the shop's clock than clocks differ. */
export const isAheadOfClock = (time: number) => time > Date.now() + CLOCK_TOLERANCE_MS

const BARE_DATE = /^\s*\d{4}-\d{2}-\d{2}\s*$/

/** By how much the clocks of the easternmost places are ahead of UTC; milliseconds. */
const EASTERNMOST_MS = 14 * 60 * 60 * 1000

/** A date without a time that has begun somewhere, though not in UTC yet, stands for now. */
function begunElsewhere(value: unknown): unknown {
  const isBegun = typeof value === "string" && BARE_DATE.test(value) && isAheadOfClock(Date.parse(value.trim()))
  return isBegun && Date.parse(value.trim()) <= Date.now() + EASTERNMOST_MS ? new Date().toISOString() : value
}

/**
 * The time at which something happened, or was counted, in Odoo (contract 5). One that is ahead of the shop's clock is
 * refused: kept, it would make every later statement look outdated.
 */
export const pastTimeSchema = () =>
  z.preprocess(
    begunElsewhere,
    timeSchema("start").refine((time) => !isAheadOfClock(time.getTime()), "must not be more than five minutes ahead of the shop's clock")
  )
