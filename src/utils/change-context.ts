import type { Event, IEventBusModuleService } from "@medusajs/framework/types"
import { AsyncLocalStorage } from "async_hooks"

import { CHANGE_CONTEXTS, type ChangeContext } from "../wire/origin"

const contexts = new AsyncLocalStorage<ChangeContext>()

/** The member of the metadata of Medusa's events that holds the context. */
const MEMBER = "odoo_context"

/** Runs `work`, and all code that it calls, in a context: from where its changes come. */
export const inContext = <T>(context: ChangeContext, work: () => T): T => contexts.run(context, work)

/** The context of the calling code; `unknown` in a job or a script. */
export const currentContext = (): ChangeContext => contexts.getStore() ?? "unknown"

type Message = Pick<Event, "metadata">

/** The event bus adds metadata of its own to each message before it calls this. */
function writeContext({ metadata }: Message): Promise<void> {
  if (metadata !== undefined) {
    Object.assign(metadata, { [MEMBER]: currentContext() })
  }
  return Promise.resolve()
}

/**
 * Makes Medusa's events carry the context of their change, also to another process. Can be called repeatedly. With an event bus
 * without interceptors, the context is `unknown` in other processes.
 */
export function tellContextInEvents(eventBus: IEventBusModuleService): void {
  eventBus.addInterceptor?.(writeContext)
}

/** The context of the change behind an event of Medusa. */
export function contextOfEvent({ metadata }: Message): ChangeContext {
  const told: unknown = metadata === undefined ? undefined : Reflect.get(metadata, MEMBER)
  return CHANGE_CONTEXTS.find((context) => context === told) ?? currentContext()
}
