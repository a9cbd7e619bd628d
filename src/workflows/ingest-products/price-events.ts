import type { MedusaContainer } from "@medusajs/framework/types"
import { type CommonEvents, Modules } from "@medusajs/framework/utils"

import { emitOfModule } from "../../utils/emit-written"

/** Says of prices what the pricing module itself says when it writes them. */
export const emitPriceEvents = (container: MedusaContainer, action: `${CommonEvents}`, ids: readonly string[]): Promise<void> =>
  emitOfModule(container, { source: Modules.PRICING, object: "price", action }, ids)
