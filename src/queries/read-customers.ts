import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { ODOO_MODULE } from "../modules/odoo"
import type OdooModuleService from "../modules/odoo/service"
import { selectBuyers, selectCustomers, type CustomerRow } from "../read-model/customers/select-customers"
import { pickInOrder } from "../utils/pick-in-order"
import { customerDocument, customerStatistics, type CustomerDocument } from "../wire/customer-document"

const profileOf = ({ guest, link, ...customer }: CustomerRow): CustomerDocument =>
  customerDocument({ ...customer, ...guest }, link)

/**
 * Reads customers as the webhooks show them, without what they have bought (contract 7), in one statement.
 * @param ids Medusa's ids; one that does not exist is left out
 * @returns documents in the order of `ids`
 */
export async function readCustomerProfiles(container: MedusaContainer, ids: readonly string[]): Promise<CustomerDocument[]> {
  const rows = ids.length === 0 ? [] : await selectCustomers(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), ids)
  return pickInOrder(ids, rows.map(profileOf))
}

/**
 * Reads customers as the wire shows them, with what they have bought (contract 2), in one statement.
 * @param ids Medusa's ids; one that does not exist is left out
 * @returns documents in the order of `ids`
 */
export async function readCustomers(container: MedusaContainer, ids: readonly string[]) {
  const rows = ids.length === 0 ? [] : await selectBuyers(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), ids)
  const { amountUnit: unit } = container.resolve<OdooModuleService>(ODOO_MODULE).options
  const documents = rows.map(({ spending, default_currency: defaultCurrency, ...row }) => ({
    ...profileOf(row),
    ...customerStatistics(spending, { defaultCurrency, unit }),
  }))
  return pickInOrder(ids, documents)
}
