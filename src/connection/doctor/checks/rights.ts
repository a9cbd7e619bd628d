import { OdooError, type OdooClient } from "../../../odoo-client"
import { mend, orWell, well, type Check, type CheckInput, type Finding } from "../check"

type Operation = "read" | "write" | "create"

/** A group of Odoo as its settings of users show it, before Odoo 19 by another name. */
type Group = { name: string; before19: string }

const GROUPS = {
  contacts: { name: "Contact / Creation", before19: "Extra Rights / Contact Creation" },
  sales: { name: "Sales / User: All Documents", before19: "Sales / User: All Documents" },
  salesManager: { name: "Sales / Administrator", before19: "Sales / Administrator" },
  inventory: { name: "Inventory / User", before19: "Inventory / User" },
  accounting: { name: "Accounting / Invoicing", before19: "Invoicing / Billing" },
  user: { name: "Role / User", before19: "User types / Internal User" },
} as const satisfies Record<string, Group>

/** A right that the work needs; set-up needs more, once. */
type NeededRight = { model: string; operations: readonly Operation[]; purpose: string; group: Group }

const NEEDED_RIGHTS: readonly NeededRight[] = [
  { model: "res.partner", operations: ["read", "create", "write"], purpose: "make and change contacts for customers", group: GROUPS.contacts },
  { model: "sale.order", operations: ["read", "create", "write"], purpose: "make and change sale orders", group: GROUPS.sales },
  { model: "sale.order.line", operations: ["read", "create", "write"], purpose: "make and change lines of sale orders", group: GROUPS.sales },
  { model: "product.product", operations: ["read"], purpose: "read products", group: GROUPS.user },
  { model: "product.pricelist", operations: ["read"], purpose: "read pricelists", group: GROUPS.user },
  { model: "res.currency", operations: ["read"], purpose: "read currencies", group: GROUPS.user },
  { model: "account.tax", operations: ["read"], purpose: "read taxes", group: GROUPS.user },
  { model: "account.move", operations: ["read", "create"], purpose: "make credit notes for refunds", group: GROUPS.accounting },
  { model: "stock.picking", operations: ["read", "write"], purpose: "read deliveries and make returns", group: GROUPS.inventory },
]

/** Calls a method that a version of Odoo may lack; undefined where it, or its model, is not there. */
async function ifThere(call: () => Promise<unknown>): Promise<unknown> {
  try {
    return await call()
  } catch (error) {
    if (error instanceof OdooError && error.kind === "call") {
      return undefined
    }
    throw error
  }
}

/**
 * Whether the user may do something with the records of a model; undefined where Odoo lacks the model. Odoo 18 has renamed the
 * method that tells.
 */
export async function mayDo(client: OdooClient, model: string, operation: Operation): Promise<boolean | undefined> {
  const said =
    (await ifThere(() => client.call(model, "has_access", { ids: [], operation }))) ??
    (await ifThere(() => client.call(model, "check_access_rights", { operation, raise_exception: false })))
  return typeof said === "boolean" ? said : undefined
}

async function nameOf(client: OdooClient, { name, before19 }: Group): Promise<string> {
  return (await client.version()).major >= 19 ? name : before19
}

/** Who may make a pricelist, in words, where the user may not; null where the user may. */
export async function missingForPricelists(client: OdooClient): Promise<string | null> {
  return (await mayDo(client, "product.pricelist", "create")) === false ? await nameOf(client, GROUPS.salesManager) : null
}

async function faultOf(client: OdooClient, { model, operations, purpose, group }: NeededRight): Promise<Finding[]> {
  for (const operation of operations) {
    if ((await mayDo(client, model, operation)) === false) {
      const remedy = `Give the user the group "${await nameOf(client, group)}" in Odoo, under Settings, Users.`
      return [mend("rights", `The user in Odoo may not ${purpose} (${model}, ${operation}).`, remedy)]
    }
  }
  return []
}

async function run({ client }: CheckInput): Promise<Finding[]> {
  const faults = await Promise.all(NEEDED_RIGHTS.map((right) => faultOf(client, right)))
  return orWell(faults.flat(), well("rights", "The user in Odoo has the rights that the work needs."))
}

/** Whether the user has the rights that the work needs. */
export const rights: Check = { name: "rights", run }
