import type { MedusaContainer } from "@medusajs/framework/types"

import { ODOO_MODULE } from "../modules/odoo"
import type OdooModuleService from "../modules/odoo/service"
import type { ClaimedDelivery } from "../modules/odoo/types"
import { recordTypes } from "../records"
import { linkAsNamed } from "../links/named-links"

const isCreated = ({ name, record_kind: kind }: ClaimedDelivery) => name === `${kind}.created`

/**
 * Separates deliveries by whether Odoo has their records already. The link of a record may have been written into its metadata
 * a moment ago, without an event of Medusa. Sent as created, the record would exist twice in Odoo.
 * @param isAgain whether the deliveries were claimed a while ago, so that Odoo may have acknowledged a record meanwhile
 * @returns `known`: the deliveries of `<kind>.created` events of such records, which have become delivered, and those whose lease
 *   was lost
 */
export async function withoutKnown(
  container: MedusaContainer,
  deliveries: readonly ClaimedDelivery[],
  isAgain: boolean
): Promise<{ unknown: ClaimedDelivery[]; known: ClaimedDelivery[] }> {
  const named = new Set<string>()
  for (const { kind } of recordTypes()) {
    const ids = deliveries.filter((delivery) => delivery.record_kind === kind && isCreated(delivery)).map((delivery) => delivery.record_id)
    for (const id of await linkAsNamed(container, kind, ids)) {
      named.add(id)
    }
  }
  const held = isAgain ? await container.resolve<OdooModuleService>(ODOO_MODULE).outbox.held(deliveries) : undefined
  const isKnown = (delivery: ClaimedDelivery) => (isCreated(delivery) && named.has(delivery.record_id)) || held?.has(delivery.id) === false
  return { unknown: deliveries.filter((delivery) => !isKnown(delivery)), known: deliveries.filter(isKnown) }
}
