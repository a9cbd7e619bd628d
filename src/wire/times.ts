import { z } from "zod"

import { timeSchema } from "./normalise"

/** How far another machine's clock may be ahead of the shop's; milliseconds. */
const CLOCK_TOLERANCE_MS = 5 * 60 * 1000

/** Whether a time, in milliseconds since 1970, is further ahead of the shop's clock than clocks differ. */
export const isAheadOfClock = (time: number) => time > Date.now() + CLOCK_TOLERANCE_MS

const BARE_DATE = /^\s*\d{4}-\d{2}-\d{2}\s*$/

/** How far the clocks of the easternmost time zone are ahead of UTC; milliseconds. */
const EASTERNMOST_MS = 14 * 60 * 60 * 1000

/** Replaces a date that has begun in some time zone, though not in UTC yet, by the present time. */
function begunElsewhere(value: unknown): unknown {
  const isBegun = typeof value === "string" && BARE_DATE.test(value) && isAheadOfClock(Date.parse(value.trim()))
  return isBegun && Date.parse(value.trim()) <= Date.now() + EASTERNMOST_MS ? new Date().toISOString() : value
}

/**
 * A time at which something happened or was counted in Odoo (contract 5). A time ahead of the shop's clock is refused, because it
 * would make all later statements look outdated.
 */
export const pastTimeSchema = () =>
  z.preprocess(
    begunElsewhere,
    timeSchema("start").refine((time) => !isAheadOfClock(time.getTime()), "must not be more than five minutes ahead of the shop's clock")
  )
