import type { OdooClient, OdooField } from "../../odoo-client"
import { externalId, type ServiceProduct } from "../needs"
import { deleteOrArchive, loadOne, ownRecord, WITH_ARCHIVED } from "./ask"
import { GROUPS } from "./groups"
import { NOT_THERE, there, type Finding, type Piece, type Setting, type Work } from "./piece"

const MODEL = "product.product"

type Fields = ReadonlyMap<string, OdooField>

const ownId = ({ code }: ServiceProduct) => externalId("product", code)

/** The members whose fields this Odoo has. */
const known = <T>(fields: Fields, values: Readonly<Record<string, T>>) => Object.fromEntries(Object.entries(values).filter(([name]) => fields.has(name)))

/** What makes a product a service that nobody sells by itself. Odoo 16 derives `type` from `detailed_type`. */
const needed = (fields: Fields, { code }: ServiceProduct) =>
  known<string | boolean>(fields, {
    default_code: code,
    [fields.has("detailed_type") ? "detailed_type" : "type"]: "service",
    sale_ok: false,
    purchase_ok: false,
    invoice_policy: "order",
  })

/** The cells of a new product. An empty cell keeps Odoo from filling in the company's tax. */
const cellsOf = (fields: Fields, product: ServiceProduct): Record<string, string> => ({
  id: ownId(product),
  ...Object.fromEntries(Object.entries(needed(fields, product)).map(([name, value]) => [name, typeof value === "boolean" ? "0" : value])),
  ...known(fields, { name: product.name, taxes_id: "", supplier_taxes_id: "", list_price: "0" }),
})

const readOne = async (client: OdooClient, id: number, fields: readonly string[]) =>
  (await client.searchRead(MODEL, { domain: [["id", "=", id]], fields, context: WITH_ARCHIVED }))[0]

/** Brings the product of an earlier version, or an archived one, to what is needed. Its name, taxes and price are Odoo's by now. */
async function upgrade(client: OdooClient, id: number, values: Readonly<Record<string, string | boolean>>): Promise<Finding | Work> {
  const row = (await readOne(client, id, ["active", ...Object.keys(values)])) ?? { active: true }
  const differing = Object.entries(values).filter(([name, value]) => (row as Record<string, unknown>)[name] !== value)
  if (row.active === true && differing.length === 0) {
    return there()
  }
  return {
    state: "changed",
    detail: row.active === true ? `It had other values of ${differing.map(([name]) => name).join(", ")}.` : "It was archived.",
    right: { model: MODEL, operation: "write" },
    act: async () => {
      if (row.active !== true) {
        await client.call(MODEL, "action_unarchive", { ids: [id] })
      }
      await client.call(MODEL, "write", { ids: [id], vals: Object.fromEntries(differing) })
      return null
    },
  }
}

async function planProduct(client: OdooClient, product: ServiceProduct): Promise<Finding | Work> {
  const fields = await client.fieldsOf(MODEL)
  const [own, [found]] = await Promise.all([
    ownRecord(client, ownId(product)),
    client.searchRead(MODEL, { domain: [["default_code", "=", product.code]], fields: ["id"], order: "id", limit: 1 }),
  ])
  if (found !== undefined && found.id !== own) {
    return there(`Odoo's product ${String(found.id)} has the code, and is taken as it is.`)
  }
  if (own !== null) {
    return await upgrade(client, own, needed(fields, product))
  }
  return {
    state: "made",
    detail: null,
    right: { model: MODEL, operation: "create" },
    act: async () => {
      await loadOne(client, MODEL, cellsOf(fields, product))
      return null
    },
  }
}

async function planRemoval(client: OdooClient, product: ServiceProduct): Promise<Finding | Work> {
  const id = await ownRecord(client, ownId(product))
  if (id === null) {
    return NOT_THERE
  }
  const row = await readOne(client, id, ["active"])
  return {
    state: "removed",
    detail: null,
    right: { model: MODEL, operation: "unlink" },
    act: () => deleteOrArchive(client, MODEL, id, row?.active === true),
  }
}

/** A product for what an order has beside its articles. */
export const servicePiece = ({ client }: Setting, product: ServiceProduct): Piece => ({
  what: `product ${product.code}`,
  group: GROUPS.products,
  setUp: () => planProduct(client, product),
  remove: () => planRemoval(client, product),
})
