import type { MedusaContainer } from "@medusajs/framework/types"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import type { Link } from "../../modules/odoo/types"
import { linkConflict } from "../link-record/link-record"

/**
 * The link of an order, after making sure that it does not stand against the id that a request names.
 * @param odooId the id that the request names; undefined for none
 * @throws WireError `CONFLICT` when the order is linked to another one (contract 3)
 */
export async function presentLink(container: MedusaContainer, orderId: string, odooId?: string): Promise<Link | null> {
  const odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
  const link = (await odoo.linksOf("order", [orderId])).get(orderId) ?? null
  if (link !== null && odooId !== undefined && link.odoo_id !== odooId) {
    throw linkConflict("order", link)
  }
  return link
}
