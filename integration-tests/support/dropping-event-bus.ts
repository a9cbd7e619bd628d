import type { InternalModuleDeclaration } from "@medusajs/framework/types"
import { AbstractEventBusModuleService, Module, Modules } from "@medusajs/framework/utils"

/** An event bus that takes every event and tells nobody, for tests: `EVENT_BUS=none`. */
class DroppingEventBus extends AbstractEventBusModuleService {
  // the one of the class that it extends is not for everybody
  constructor(dependencies: Record<string, unknown>, options: object = {}, declaration: InternalModuleDeclaration) {
    super(dependencies, options, declaration)
  }

  emit(): Promise<void> {
    return Promise.resolve()
  }

  releaseGroupedEvents(): Promise<void> {
    return Promise.resolve()
  }

  clearGroupedEvents(): Promise<void> {
    return Promise.resolve()
  }
}

export default Module(Modules.EVENT_BUS, { service: DroppingEventBus })
