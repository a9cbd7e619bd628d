import type { MedusaContainer } from "@medusajs/framework/types"
import { type CommonEvents, Modules } from "@medusajs/framework/utils"

import { emitOfModule } from "../../utils/emit-written"

/** Emits the events that Medusa's pricing module emits when it writes prices. */
export const emitPriceEvents = (container: MedusaContainer, action: `${CommonEvents}`, ids: readonly string[]): Promise<void> =>
  emitOfModule(container, { source: Modules.PRICING, object: "price", action }, ids)
