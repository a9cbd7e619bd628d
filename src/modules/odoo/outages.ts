import type { Db } from "../../database/statement"
import { hasOtherRecords, lockDestination, reviveDeliveries, selectDestinationState, updateHealth, type Health } from "./sql/destinations"
import type { Attempted, Destination, DestinationState } from "./types"

/** How many attempts in a row have to fail before a destination counts as down (contract 7). */
const FAILURES_UNTIL_DOWN = 5

/** The shortest and longest interval between probes of a destination that is down; milliseconds. */
const PROBE_EVERY_MS = { least: 60_000, most: 150_000 }

/** The longest wait that a destination which is down can ask for by `Retry-After`; milliseconds. */
const MAX_ASKED_MS = 240_000

/** The time until the next probe, with jitter, so that many shops do not probe at the same moment; milliseconds. */
export const nextProbeMs = () => PROBE_EVERY_MS.least + Math.random() * (PROBE_EVERY_MS.most - PROBE_EVERY_MS.least)

const ANSWERED: Health = { failures: 0, failing_since: null, failing_record: null, down_since: null }

/** The value of `failing_record` for several records. */
const SEVERAL = "*"

/**
 * The health of a destination after one more attempt. After a refusal the destination is not down, because it answers: the failed
 * attempts in a row are counted from 0 again. The time of the first failed attempt stays until a delivery succeeds, because a proxy in
 * front of a broken Odoo refuses too.
 */
function healthAfter(health: Health, { delivery, attempt, outcome, isOutage }: Attempted): Health {
  if (!isOutage) {
    return outcome.status === "delivered" ? ANSWERED : { ...ANSWERED, failing_since: health.failing_since }
  }
  const isFirst = health.failures === 0
  return {
    failures: health.failures + 1,
    failing_since: health.failing_since ?? attempt.started_at,
    failing_record: isFirst || health.failing_record === delivery.record_id ? delivery.record_id : SEVERAL,
    down_since: health.down_since,
  }
}

/** Whether the failed attempts show an outage of the destination, and not a fault in the data of one record. */
async function showsOutage(db: Db, id: string, { failures, failing_record: record }: Health): Promise<boolean> {
  if (failures < FAILURES_UNTIL_DOWN || record === null) {
    return false
  }
  return record === SEVERAL || !(await hasOtherRecords(db, id, record))
}

async function turn(db: Db, before: Destination, attempted: readonly Attempted[]): Promise<DestinationState["turn"]> {
  const inOrder = [...attempted].sort((a, b) => a.attempt.started_at.getTime() - b.attempt.started_at.getTime())
  const health = inOrder.reduce<Health>(healthAfter, before)
  const goesDown = health.down_since === null && (await showsOutage(db, before.id, health))
  const leastMs = Math.min(MAX_ASKED_MS, Math.max(0, ...attempted.map(({ retryAfterMs }) => retryAfterMs ?? 0)))
  await updateHealth(db, before.id, goesDown ? { ...health, down_since: new Date() } : health, { probeMs: nextProbeMs(), leastMs })
  if (before.down_since !== null && health.down_since === null) {
    return { to: "up", revived: await reviveDeliveries(db, before.id, before.failing_since ?? before.down_since) }
  }
  return goesDown ? { to: "down" } : null
}

/** The state of a destination before some attempts at it are written. */
export type StateBefore = { isPaused: boolean; locked: Destination | undefined }

/**
 * Reads the state of a destination. Its row is locked only where attempts fail, or have failed before, so that other processes
 * rarely wait. It is locked before the deliveries are written, because the end of an outage also writes other deliveries.
 */
export async function readBefore(db: Db, destinationId: string, attempted: readonly Attempted[]): Promise<StateBefore> {
  const state = await selectDestinationState(db, destinationId)
  const isQuiet = state === undefined || (state.failing_since === null && !attempted.some(({ isOutage }) => isOutage))
  return {
    isPaused: state?.paused_at instanceof Date,
    locked: isQuiet ? undefined : await lockDestination(db, destinationId),
  }
}

/**
 * Writes the health of a destination after attempts (contract 7, "Outage").
 * @param attempted the attempts that were written, without those whose lease was lost
 * @returns the present state of the destination
 */
export async function noteAttempts(db: Db, { isPaused, locked }: StateBefore, attempted: readonly Attempted[]): Promise<DestinationState> {
  const turned = locked === undefined || attempted.length === 0 ? null : await turn(db, locked, attempted)
  const wasDown = locked !== undefined && locked.down_since !== null
  return { isPaused, isDown: turned === null ? wasDown : turned.to === "down", turn: turned }
}
