import { Modules } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../../modules/odoo"
import type OdooModuleService from "../../modules/odoo/service"
import { readCustomerProfiles } from "../../queries/read-customers"
import type { CustomerDocument } from "../../wire/customer-document"
import type { ReplyLink } from "../../wire/reply"
import { keepAddresses, keepPartner, type BookAddress } from "./partner"
import { personName } from "./partner-values"
import type { Session } from "./session"
import { localeIn, vatIn } from "./shop-order"
import { recordId } from "./values"

type Address = CustomerDocument["addresses"][number]

const typeOf = ({ is_default_billing: billing, is_default_shipping: shipping }: Address): BookAddress["type"] =>
  billing ? "invoice" : shipping ? "delivery" : "other"

/**
 * Brings the partner of a customer up to the customer's present state.
 * @param isNew whether the customer is told for the first time; one that was there before the connection has no partner
 * @returns the link to the partner; null where there is none
 * @throws Hold, Refused, OdooError
 */
export async function tellCustomer(session: Session, customerId: string, isNew: boolean): Promise<ReplyLink | null> {
  const { container, client, lookups } = session
  const [profile] = await readCustomerProfiles(container, [customerId])
  if (profile === undefined) {
    return null
  }
  const link = (await container.resolve<OdooModuleService>(ODOO_MODULE).links.of("customer", [customerId])).get(customerId)
  if (!isNew && link === undefined) {
    await lookups.requireField("res.partner", "x_medusa_customer_id")
    const [known] = await client.searchRead("res.partner", { domain: [["x_medusa_customer_id", "=", customerId]], fields: ["id"], limit: 1 })
    if (known === undefined) {
      return null
    }
  }
  const [customer] = await container.resolve(Modules.CUSTOMER).listCustomers({ id: customerId }, { select: ["id", "metadata"] })
  const own = profile.addresses.find(({ is_default_billing: isBilling }) => isBilling) ?? profile.addresses[0] ?? null
  const { id, name } = await keepPartner(
    session,
    {
      id: customerId,
      email: profile.email,
      name: personName(profile) || profile.company_name,
      phone: profile.phone,
      company: profile.company_name.trim(),
      vat: vatIn(customer?.metadata),
      locale: localeIn(customer?.metadata),
      odooId: recordId(link?.odoo_id),
    },
    own,
    true
  )
  await keepAddresses(session, id, profile.addresses.map((address) => ({ id: address.id, type: typeOf(address), address })))
  return { odoo_id: String(id), odoo_name: name }
}
