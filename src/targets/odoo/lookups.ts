import ms from "ms"

import { pricelistCells, pricelistExternalId, SERVICE_PRODUCTS, type ServiceName } from "../../connection/needs"
import { readSalesTaxes, type OdooTax } from "../../connection/sales-taxes"
import type { DirectOptions } from "../../modules/odoo/odoo-options"
import { isModelMissing, type Domain, type OdooClient, type OdooRecord } from "../../odoo-client"
import { Hold } from "./hold"
import { loadRecord } from "./load-record"
import { idIn, textOf } from "./values"

/** How long an answer about Odoo's settings is used; what a person has mended counts soon. */
const FRESH_MS = ms("1m")

/** The app of Odoo that brings a model. */
const APPS = { "res.partner": "Contacts", "sale.order": "Sales", "sale.order.line": "Sales", "account.move": "Invoicing", "stock.picking": "Inventory" } as const

/** A product of Odoo's that a SKU stands for. */
export type OdooProduct = { id: number; name: string }

type Cached = { value: Promise<unknown>; until: number }

/** A country, or a state of a country. */
type Place = { id: number; code: string; name: string }

/** Asks Odoo for what orders and customers refer to, and remembers the answers for a minute. */
export class Lookups {
  readonly #answers = new Map<string, Cached>()

  constructor(
    private readonly client: OdooClient,
    private readonly options: DirectOptions
  ) {}

  /** All sales taxes in percent, of the company where the options name one. */
  taxes(): Promise<OdooTax[]> {
    return this.#once("taxes", () => readSalesTaxes(this.client, this.options.companyId))
  }

  /**
   * The pricelist of a currency, made where there is none: a sale order has the currency of its pricelist.
   * @throws Hold where Odoo's currency is unknown or switched off
   */
  pricelist(currencyCode: string): Promise<number> {
    const code = currencyCode.toUpperCase()
    return this.#once(`pricelist ${code}`, async () => {
      const found = await this.findPricelist(code)
      return "id" in found
        ? found.id
        : await loadRecord(this.client, "product.pricelist", pricelistExternalId(code), pricelistCells(code, found.currencyId))
    })
  }

  /**
   * Looks for the pricelist of a currency.
   * @param code in upper case
   * @returns the pricelist's id, or, where there is none, the id of the currency that one can be made of
   * @throws Hold where Odoo's currency is unknown or switched off
   */
  async findPricelist(code: string): Promise<{ id: number } | { currencyId: number }> {
    const [found] = await this.client.searchRead("product.pricelist", {
      domain: [["currency_id.name", "=", code]],
      fields: ["id"],
      order: "sequence, id",
      limit: 1,
    })
    if (found !== undefined) {
      return { id: found.id }
    }
    const [currency] = await this.client.searchRead("res.currency", { domain: [["name", "=", code]], fields: ["id"], limit: 1 })
    if (currency === undefined) {
      throw Hold.untilMended(`Odoo has no active currency ${code}. Activate it in Accounting, Configuration, Currencies, or run setup-odoo.`)
    }
    return { currencyId: currency.id }
  }

  /**
   * A product of the direct connection's own.
   * @throws Hold where set-up has not made it
   */
  service(name: ServiceName): Promise<number> {
    const { code, name: title } = SERVICE_PRODUCTS[name]
    return this.#once(`service ${code}`, async () => {
      const [found] = await this.client.searchRead("product.product", { domain: [["default_code", "=", code]], fields: ["id"], order: "id", limit: 1 })
      if (found === undefined) {
        throw Hold.untilMended(`Odoo has no product ${code} ("${title}"). Run setup-odoo.`)
      }
      return found.id
    })
  }

  /**
   * The products that SKUs stand for: by `default_code`, then by barcode.
   * @returns without those that Odoo lacks; of several products with the same code the oldest, as Odoo's own import takes it
   */
  async products(skus: readonly string[]): Promise<ReadonlyMap<string, OdooProduct>> {
    const byDefaultCode = await this.#productsBy("default_code", skus)
    const byBarcode = await this.#productsBy("barcode", skus.filter((sku) => !byDefaultCode.has(sku)))
    return new Map([...byDefaultCode, ...byBarcode])
  }

  /** Those of these products that exist. */
  async productsById(ids: readonly number[]): Promise<ReadonlyMap<number, OdooProduct>> {
    const rows = ids.length === 0 ? [] : await this.client.searchRead("product.product", { domain: [["id", "in", ids]], fields: ["display_name"] })
    return new Map(rows.map(({ id, display_name: name }) => [id, { id, name: textOf(name) }]))
  }

  /** Whether a model has a field in this Odoo. */
  async hasField(model: string, field: string): Promise<boolean> {
    return (await this.client.fieldsOf(model)).has(field)
  }

  /**
   * Makes sure that the set-up has made a field.
   * @throws Hold where it has not, or where Odoo lacks the app
   */
  async requireField(model: keyof typeof APPS, field: string): Promise<void> {
    await this.client.fieldsOf(model).catch((error: unknown) => {
      throw isModelMissing(error) ? Hold.untilMended(`Odoo has no ${model}. Install the app ${APPS[model]} in Odoo, and run setup-odoo.`) : error
    })
    // asked anew each time it is missing, because an administrator is about to make it
    if (!(await this.hasField(model, field))) {
      this.client.forgetFields()
    }
    if (!(await this.hasField(model, field))) {
      throw Hold.untilMended(`Odoo lacks the field ${field} of ${model}. Run setup-odoo.`)
    }
  }

  /** The country of an ISO code of two letters; null for an unknown one. */
  async country(code: string): Promise<number | null> {
    const countries = await this.#once("countries", async () => await this.#places("res.country", []))
    return countries.find((country) => country.code === code.toUpperCase())?.id ?? null
  }

  /** The state of a country by its code or name; null for an unknown one. */
  async state(countryId: number, province: string): Promise<number | null> {
    const states = await this.#once(`states ${String(countryId)}`, async () => await this.#places("res.country.state", [["country_id", "=", countryId]]))
    const wanted = province.trim().toLowerCase()
    // Medusa writes ISO 3166-2 (us-ca), Odoo the part behind the country
    const code = wanted.includes("-") ? wanted.split("-").slice(1).join("-") : wanted
    return states.find((state) => state.code.toLowerCase() === code || state.name.toLowerCase() === wanted)?.id ?? null
  }

  /** The code of an installed language, such as `ar_001` for `ar`; null where Odoo has none of it. */
  async language(locale: string): Promise<string | null> {
    const codes = await this.#once("languages", async () =>
      (await this.client.searchRead("res.lang", { fields: ["code"] })).map(({ code }) => textOf(code))
    )
    const wanted = locale.replace("-", "_")
    return codes.find((code) => code.toLowerCase() === wanted.toLowerCase()) ?? codes.find((code) => code.split("_")[0] === wanted.split("_")[0]) ?? null
  }

  /**
   * The record of a model by its number or name, as a person writes it into the options.
   * @throws Hold where Odoo has none
   */
  named(model: "crm.team" | "account.payment.term", name: string, option: string): Promise<number> {
    return this.#once(`${model} ${name}`, async () => {
      const domain: Domain = /^\d+$/.test(name) ? [["id", "=", Number(name)]] : [["name", "=ilike", name]]
      const [found] = await this.client.searchRead(model, { domain, fields: ["id"], order: "id", limit: 1 })
      if (found === undefined) {
        throw Hold.untilMended(`Odoo has no ${model} "${name}". Check ${option}.`)
      }
      return found.id
    })
  }

  /**
   * The warehouse that a location or warehouse of the option `odoo.locations` is or belongs to, by its number or complete name.
   * @returns null where Odoo has none of that name
   */
  warehouse(name: string): Promise<number | null> {
    return this.#once(`warehouse ${name}`, async () => {
      const isNumber = /^\d+$/.test(name)
      const [location] = await this.client.searchRead("stock.location", {
        domain: [isNumber ? ["id", "=", Number(name)] : ["complete_name", "=ilike", name]],
        fields: ["warehouse_id"],
        limit: 1,
      })
      const ofLocation = idIn(location?.warehouse_id)
      if (ofLocation !== null) {
        return ofLocation
      }
      const domain: Domain = isNumber ? [["id", "=", Number(name)]] : ["|", ["name", "=ilike", name], ["code", "=ilike", name]]
      return (await this.client.searchRead("stock.warehouse", { domain, fields: ["id"], limit: 1 }))[0]?.id ?? null
    })
  }

  async #productsBy(field: "default_code" | "barcode", codes: readonly string[]): Promise<Map<string, OdooProduct>> {
    const rows = codes.length === 0 ? [] : await this.client.searchRead("product.product", { domain: [[field, "in", codes]], fields: [field, "display_name"], order: "id desc" })
    return new Map(rows.map((row: OdooRecord) => [textOf(row[field]), { id: row.id, name: textOf(row.display_name) }]))
  }

  async #places(model: string, domain: Domain): Promise<Place[]> {
    return (await this.client.searchRead(model, { domain, fields: ["code", "name"] })).map(({ id, code, name }) => ({ id, code: textOf(code), name: textOf(name) }))
  }

  /** Asks once within a minute; a question that failed is asked again. */
  #once<T>(key: string, ask: () => Promise<T>): Promise<T> {
    const cached = this.#answers.get(key)
    if (cached !== undefined && cached.until > Date.now()) {
      return cached.value as Promise<T>
    }
    const value = ask().catch((error: unknown) => {
      this.#answers.delete(key)
      throw error
    })
    this.#answers.set(key, { value, until: Date.now() + FRESH_MS })
    return value
  }
}
