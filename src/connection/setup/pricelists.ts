import type { Domain, OdooClient } from "../../odoo-client"
import { pricelistCells, pricelistExternalId } from "../needs"
import { archive, deleteOrArchive, isOdooError, loadOne, ownRecord, WITH_ARCHIVED } from "./ask"
import { findCurrency, noCurrency } from "./currencies"
import { GROUPS } from "./groups"
import { NOT_THERE, there, type Finding, type Piece, type Setting, type Work } from "./piece"

const MODEL = "product.pricelist"

/** The pricelists of the company, and those of all companies. */
const ofCompany = (companyId: number | undefined): Domain => (companyId === undefined ? [] : [["company_id", "in", [false, companyId]]])

async function revive(client: OdooClient, id: number, currencyId: number): Promise<null> {
  await client.call(MODEL, "action_unarchive", { ids: [id] })
  await client.call(MODEL, "write", { ids: [id], vals: { currency_id: currencyId } })
  return null
}

async function make(client: OdooClient, code: string, currencyId: number): Promise<null> {
  await loadOne(client, MODEL, { id: pricelistExternalId(code), ...pricelistCells(code, currencyId) })
  return null
}

async function planPricelist({ client, companyId }: Setting, code: string): Promise<Finding | Work> {
  const currency = await findCurrency(client, code)
  if (currency === undefined) {
    return noCurrency(code)
  }
  const [active] = await client.searchRead(MODEL, { domain: [["currency_id", "=", currency.id], ...ofCompany(companyId)], fields: ["id"], limit: 1 })
  if (active !== undefined) {
    return there(`Odoo's pricelist ${String(active.id)} has the currency.`)
  }
  const own = await ownRecord(client, pricelistExternalId(code))
  return own === null
    ? { state: "made", detail: null, right: { model: MODEL, operation: "create" }, act: () => make(client, code, currency.id) }
    : { state: "changed", detail: "It was archived, or had another currency.", right: { model: MODEL, operation: "write" }, act: () => revive(client, own, currency.id) }
}

/** Where Odoo keeps the pricelist of a partner; the field is in newer versions alone. */
const PARTNERS_FIELD = "specific_property_product_pricelist"

/** Whether a sale order, a price or a customer would lose something: Odoo deletes a pricelist all the same, and clears their field. */
async function isUsed(client: OdooClient, id: number): Promise<boolean> {
  const users = [
    ["sale.order", "pricelist_id"],
    ["product.pricelist.item", "pricelist_id"],
    ...((await client.fieldsOf("res.partner")).has(PARTNERS_FIELD) ? [["res.partner", PARTNERS_FIELD] as const] : []),
  ] as const
  try {
    const counts = await Promise.all(users.map(([model, field]) => client.call(model, "search_count", { domain: [[field, "=", id]], context: WITH_ARCHIVED })))
    return counts.some((count) => count !== 0)
  } catch (error) {
    if (isOdooError(error, "access")) {
      // what can not be seen may use it
      return true
    }
    throw error
  }
}

async function planRemoval({ client }: Setting, code: string): Promise<Finding | Work> {
  const id = await ownRecord(client, pricelistExternalId(code))
  if (id === null) {
    return NOT_THERE
  }
  const [found] = await client.searchRead(MODEL, { domain: [["id", "=", id]], fields: ["active"], context: WITH_ARCHIVED })
  const isActive = found?.active === true
  return {
    state: "removed",
    detail: null,
    right: { model: MODEL, operation: "unlink" },
    act: async () => ((await isUsed(client, id)) ? await archive(client, MODEL, id, isActive) : await deleteOrArchive(client, MODEL, id, isActive)),
  }
}

/** A pricelist, by which a sale order has a currency of the shop's. */
export const pricelistPiece = (setting: Setting, code: string): Piece => ({
  what: `pricelist in ${code}`,
  group: GROUPS.pricelists,
  setUp: () => planPricelist(setting, code),
  remove: () => planRemoval(setting, code),
})

/** The currencies of all pricelists that set-up has made, also of those that the shop has no longer. */
export async function ownPricelistCurrencies({ client }: Setting): Promise<string[]> {
  const pricelists = await client.searchRead(MODEL, { fields: ["currency_id"], context: WITH_ARCHIVED })
  const codes = new Set(pricelists.flatMap(({ currency_id: currency }) => (Array.isArray(currency) ? String(currency[1]) : [])))
  const own = await Promise.all([...codes].map(async (code) => ((await ownRecord(client, pricelistExternalId(code))) === null ? [] : code)))
  return own.flat()
}
