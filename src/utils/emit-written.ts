import type { MedusaContainer, Message } from "@medusajs/framework/types"
import { buildModuleResourceEventName, type CommonEvents, ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import { describeError } from "./describe-error"

/** How many events are emitted at once: more of them at the same time are more work for the garbage collector. */
const AT_ONCE = 1_000

/**
 * Emits events of rows that are written. It does not throw: an error would make the sender repeat a change that was made. A chunk
 * that fails does not stop the others.
 */
export async function emitWritten(container: MedusaContainer, events: readonly Message[], options = {}): Promise<void> {
  const bus = container.resolve(Modules.EVENT_BUS)
  const failed: Message[] = []
  let reason: unknown
  for (let start = 0; start < events.length; start += AT_ONCE) {
    const some = events.slice(start, start + AT_ONCE)
    await bus.emit(some, options).catch((error: unknown) => {
      failed.push(...some)
      reason = error
    })
  }
  const [first] = failed
  if (first !== undefined) {
    container
      .resolve(ContainerRegistrationKeys.LOGGER)
      .warn(`odoo: ${String(failed.length)} events (${first.name}) were not emitted: ${describeError(reason)}`)
  }
}

/** Emits the events of a Medusa module for rows that were written past its service, for caches and indexes. */
export async function emitOfModule(
  container: MedusaContainer,
  metadata: { source: string; object: string; action: `${CommonEvents}` },
  ids: readonly string[]
): Promise<void> {
  const name = buildModuleResourceEventName({ prefix: metadata.source, objectName: metadata.object, action: metadata.action })
  await emitWritten(container, ids.map((id) => ({ name, data: { id }, metadata })), { internal: true })
}
