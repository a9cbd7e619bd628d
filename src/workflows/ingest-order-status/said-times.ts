import { updateFulfillmentWorkflow } from "@medusajs/medusa/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"

import { orConflict } from "../change-order/refusal"
import type { Fulfillment } from "./load-order"

/** The metadata keys under which a fulfillment keeps the times that events state, as ISO 8601. */
const MARKS = { shipped_at: "odoo_shipped_at", delivered_at: "odoo_delivered_at" } as const

type TimeName = keyof typeof MARKS

/** The metadata key of the moment at which a stated time was kept. */
const notedKey = (name: TimeName) => `${MARKS[name]}_noted`

/** How long after that moment Medusa's workflow may write its own time; milliseconds. It waits at most four seconds for its locks. */
const WORK_MS = 15_000

/** Keeps a stated time in the metadata. @param said an empty text removes the key in Medusa */
async function mark(container: MedusaContainer, fulfillment: Fulfillment, name: TimeName, said: string): Promise<void> {
  const noted = said === "" ? "" : new Date().toISOString()
  const metadata = { ...fulfillment.metadata, [MARKS[name]]: said, [notedKey(name)]: noted }
  await orConflict(() => updateFulfillmentWorkflow(container).run({ input: { id: fulfillment.id, metadata } }))
}

async function write(container: MedusaContainer, { id }: Fulfillment, name: TimeName, time: Date): Promise<void> {
  await orConflict(() => updateFulfillmentWorkflow(container).run({ input: { id, [name]: time } }))
}

/** A time in the metadata of a fulfillment; NaN where there is none. */
function timeIn({ metadata }: Fulfillment, key: string): number {
  const time = metadata?.[key]
  return typeof time === "string" ? new Date(time).getTime() : NaN
}

/**
 * Writes the time that an event stated for a fulfillment, where the fulfillment shows the time of Medusa's workflow, because a
 * process died before it wrote the stated time. A later time is that of a person, who shipped or delivered the fulfillment after a
 * process died before the workflow; that time stays. Without a stated time in the metadata, nothing is written.
 */
export async function writeSaidTime(container: MedusaContainer, fulfillment: Fulfillment, name: TimeName): Promise<void> {
  const said = timeIn(fulfillment, MARKS[name])
  const shown = new Date(fulfillment[name] ?? NaN).getTime()
  const sinceNoted = shown - timeIn(fulfillment, notedKey(name))
  if (sinceNoted >= 0 && sinceNoted <= WORK_MS && !Number.isNaN(said) && said !== shown) {
    await write(container, fulfillment, name, new Date(said))
  }
}

/**
 * Runs a workflow of Medusa that ships or delivers a fulfillment, and then writes the time that the event states: the workflow
 * itself only writes the present time. The stated time is kept in the fulfillment's metadata beforehand, so that a repeat of
 * the event can write it where the process died.
 * @param time null where the event states none
 * @throws WireError `CONFLICT` where Medusa refuses. After any error the stated time is removed from the metadata: a person may
 *   ship or deliver the fulfillment later, and that time must stay
 */
export async function atSaidTime(
  container: MedusaContainer,
  fulfillment: Fulfillment,
  name: TimeName,
  time: Date | null,
  work: () => Promise<unknown>
): Promise<void> {
  if (time === null) {
    await orConflict(work)
    return
  }
  await mark(container, fulfillment, name, time.toISOString())
  try {
    await orConflict(work)
  } catch (error) {
    // Medusa has compensated its workflow, and a person may ship or deliver the fulfillment later
    await mark(container, fulfillment, name, "").catch(() => undefined)
    throw error
  }
  await write(container, fulfillment, name, time)
}
