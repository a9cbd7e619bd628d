import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

import type { Link, RecordKind } from "../../modules/odoo/types"
import { toOdooId } from "../../wire/odoo-id"
import { underOrderLock } from "../change-order/order-lock"

type Metadata = Record<string, unknown>

/** The metadata of a record of Medusa, to read and to write; Medusa's services merge what is written into what is there. */
type MetadataOf = { read: () => Promise<Metadata | null | undefined>; write: (metadata: Metadata) => Promise<unknown> }

function metadataOf(container: MedusaContainer, kind: RecordKind, id: string): MetadataOf {
  if (kind === "order") {
    const orders = container.resolve(Modules.ORDER)
    return {
      read: async () => (await orders.retrieveOrder(id, { select: ["id", "metadata"] })).metadata,
      write: (metadata) => orders.updateOrders(id, { metadata }),
    }
  }
  const customers = container.resolve(Modules.CUSTOMER)
  return {
    read: async () => (await customers.retrieveCustomer(id, { select: ["id", "metadata"] })).metadata,
    write: (metadata) => customers.updateCustomers(id, { metadata }),
  }
}

/**
 * Writes a link into the metadata of Medusa's record, for Medusa's own lists and for people. Our table stays what
 * counts; metadata that says the same already is not written again. The services are used and not the workflows:
 * that of orders refuses canceled ones, and that of customers tells the shop that a profile has changed. Their merging
 * reads and then writes, so for an order this is called under its lock.
 */
export async function mirrorLink(container: MedusaContainer, kind: RecordKind, link: Link): Promise<void> {
  const metadata = metadataOf(container, kind, link.record_id)
  const present = (await metadata.read()) ?? {}
  const name = `odoo_${kind}_name`
  const mirrored = {
    odoo_synced: true,
    [`odoo_${kind}_id`]: toOdooId(link.odoo_id),
    // an empty text takes away what another link has left
    ...(link.odoo_name === null && present[name] === undefined ? {} : { [name]: link.odoo_name ?? "" }),
    odoo_sync_date: link.synced_at.toISOString(),
  }
  if (Object.entries(mirrored).some(([key, value]) => present[key] !== value)) {
    await metadata.write(mirrored)
  }
}

/** The same for one that is free to be written: of an order, not while a request of Odoo's side writes there. */
export async function mirrorLinkUnderLock(container: MedusaContainer, kind: RecordKind, link: Link): Promise<void> {
  const write = () => mirrorLink(container, kind, link)
  await (kind === "order" ? underOrderLock(container, link.record_id, write) : write())
}
