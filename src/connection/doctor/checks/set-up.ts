import { OdooError, type OdooClient, type OdooField } from "../../../odoo-client"
import { NEEDED_FIELDS, SERVICE_PRODUCTS, type NeededField } from "../../needs"
import { detailsOf, mend, named, orWell, well, type Check, type CheckInput, type Finding } from "../check"

/** The app of Odoo that brings a model. */
const APPS: Readonly<Record<string, string>> = { "res.partner": "Contacts", "sale.order": "Sales", "product.pricelist": "Sales", "account.move": "Invoicing", "stock.picking": "Inventory" }

const RUN_SETUP = "Run setup-odoo once, as an administrator of Odoo."

/** The fields of a model; null where Odoo lacks the model. */
async function fieldsOf(client: OdooClient, model: string): Promise<ReadonlyMap<string, OdooField> | null> {
  try {
    return await client.fieldsOf(model)
  } catch (error) {
    if (error instanceof OdooError && error.kind === "call") {
      return null
    }
    throw error
  }
}

async function appFaults({ client }: CheckInput): Promise<Finding[]> {
  const there = await Promise.all(Object.keys(APPS).map(async (model) => [model, await fieldsOf(client, model)] as const))
  const missing = [...new Set(there.flatMap(([model, fields]) => (fields === null ? [APPS[model] ?? model] : [])))]
  return missing.map((app) => mend("apps", `The app ${app} is not installed in Odoo.`, `Install ${app} in Odoo, under Apps.`))
}

/** The apps of Odoo that the direct connection works with. */
export const apps: Check = {
  name: "apps",
  run: async (input) => orWell(await appFaults(input), well("apps", "The apps that are needed are installed in Odoo.")),
}

async function fieldFault(client: OdooClient, { model, name, type }: NeededField): Promise<{ missing?: string; other?: string }> {
  const fields = await fieldsOf(client, model)
  const field = fields?.get(name)
  if (fields === null || field?.type === type) {
    return {}
  }
  return field === undefined ? { missing: `${model}.${name}` } : { other: `${model}.${name}` }
}

/** The fields that the set-up makes. Those of an app that is not installed are the app's fault. */
async function fieldFaults({ client }: CheckInput): Promise<Finding[]> {
  const faults = await Promise.all(NEEDED_FIELDS.map((field) => fieldFault(client, field)))
  const missing = faults.flatMap((fault) => fault.missing ?? [])
  const other = faults.flatMap((fault) => fault.other ?? [])
  return [
    ...(missing.length === 0 ? [] : [mend("fields", `Odoo lacks fields of the shop: ${named(missing)}.`, RUN_SETUP, detailsOf(missing))]),
    ...(other.length === 0 ? [] : [mend("fields", `Fields of the shop have another type in Odoo: ${named(other)}.`, `Delete them in Odoo, under Settings, Technical, Fields. ${RUN_SETUP}`, detailsOf(other))]),
  ]
}

/** The fields of the shop in Odoo. */
export const fields: Check = {
  name: "fields",
  run: async (input) => orWell(await fieldFaults(input), well("fields", "Odoo has the fields of the shop.")),
}

async function productFaults({ client }: CheckInput): Promise<Finding[]> {
  const codes = Object.values(SERVICE_PRODUCTS).map(({ code }) => code)
  const found = await client.searchRead("product.product", { domain: [["default_code", "in", codes]], fields: ["default_code"] })
  const missing = codes.filter((code) => !found.some(({ default_code: known }) => known === code))
  const sentence = `Odoo lacks products for what an order has beside its articles, or they are archived: ${named(missing)}.`
  return missing.length === 0 ? [] : [mend("products", sentence, RUN_SETUP, detailsOf(missing))]
}

/** The products for shipping, discounts and the like in Odoo. */
export const products: Check = {
  name: "products",
  run: async (input) => orWell(await productFaults(input), well("products", "Odoo has the products for shipping, discounts and the like.")),
}
