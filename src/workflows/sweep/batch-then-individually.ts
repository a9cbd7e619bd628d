import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import type { RecordKind } from "../../modules/odoo/types"
import { describeError } from "../../utils/describe-error"

/**
 * Runs `work` for a page of records at once. Where that fails, runs it for each record by itself, so that a record that can not
 * be read holds up no other. Such a record is logged.
 * @returns how many records failed
 */
export async function batchThenIndividually(
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
    failed += await batchThenIndividually(container, kind, [id], work)
  }
  return failed
}
