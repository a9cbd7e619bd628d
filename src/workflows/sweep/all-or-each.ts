import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import type { RecordKind } from "../../modules/odoo/types"
import { describeError } from "../../utils/describe-error"

/**
 * Does something with a page of records at once; where that fails, with each by itself, so that one that can not be
 * read holds up no other. That one is logged.
 * @returns how many could not be read
 */
export async function allOrEach(
  container: MedusaContainer,
  kind: RecordKind,
  ids: readonly string[],
  work: (ids: readonly string[]) => Promise<void>
): Promise<number> {
  if (ids.length === 0) {
    return 0
  }
  try {
    await work(ids)
    return 0
  } catch (error) {
    if (ids.length === 1) {
      container
        .resolve(ContainerRegistrationKeys.LOGGER)
        .error(`odoo: ${kind} ${ids[0] ?? ""} could not be captured, Odoo is not told of it: ${describeError(error)}`)
      return 1
    }
  }
  let failed = 0
  for (const id of ids) {
    failed += await allOrEach(container, kind, [id], work)
  }
  return failed
}
