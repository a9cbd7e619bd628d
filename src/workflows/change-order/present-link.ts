import type { MedusaContainer } from "@medusajs/framework/types"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import type { Link } from "../../modules/odoo/types"
import { linkConflict } from "../link-record/link-record"
import { linkAsNamed } from "../../links/named-links"

/**
 * Reads the link of an order, and checks that it agrees with the id that a request names.
 * @param odooId the id of the sale order that the request names; undefined for none
 * @throws WireError `CONFLICT` when the order is linked to another sale order (contract 3)
 */
export async function presentLink(container: MedusaContainer, orderId: string, odooId?: string): Promise<Link | null> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  if (odooId !== undefined) {
    await linkAsNamed(container, "order", [orderId])
  }
  const link = (await odoo.links.of("order", [orderId])).get(orderId) ?? null
  if (link !== null && odooId !== undefined && link.odoo_id !== odooId) {
    throw linkConflict("order", link)
  }
  return link
}
