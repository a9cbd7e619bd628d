import { NEEDED_FIELDS, SERVICE_PRODUCTS } from "../../src/connection/needs"
import type { Condition, OdooClient } from "../odoo/client"

/** Makes and changes records in Odoo, and takes all of it back in the end, the last first. */
export class MadeInOdoo {
  readonly #takeBack: (() => Promise<unknown>)[] = []

  constructor(readonly odoo: OdooClient) {}

  /** @returns the new record's id */
  async make(model: string, values: Record<string, unknown>): Promise<number> {
    const made: unknown = await this.odoo.create(model, values)
    const id = Array.isArray(made) ? Number(made[0]) : Number(made)
    this.#takeBack.push(async () => {
      // a test may have deleted it already
      const left = await this.odoo.call(model, "search", [[["id", "=", id]]], { context: { active_test: false } })
      await this.odoo.call(model, "unlink", [left])
    })
    return id
  }

  /** Makes a record unless there is an active one that meets the conditions. @returns the id of either */
  async have(model: string, domain: Condition[], values: Record<string, unknown>): Promise<number> {
    const [found] = await this.odoo.search(model, domain, [])
    return found?.id ?? (await this.make(model, values))
  }

  /** Changes a field of records; what they had comes back. */
  async set(model: string, domain: Condition[], field: string, value: unknown): Promise<void> {
    const before = (await this.odoo.call(model, "search_read", [domain], { fields: [field], context: { active_test: false } })) as Record<string, unknown>[]
    for (const record of before.filter((each) => each[field] !== value)) {
      await this.odoo.write(model, Number(record.id), { [field]: value })
      this.#takeBack.push(() => this.odoo.write(model, Number(record.id), { [field]: record[field] }))
    }
  }

  /** Takes all back. */
  async end(): Promise<void> {
    for (let undo = this.#takeBack.pop(); undo !== undefined; undo = this.#takeBack.pop()) {
      await undo()
    }
  }

  /** Makes what `setup-odoo` makes, by plain calls: the fields, the products, a pricelist in each currency. */
  async setUp(currencies: readonly string[]): Promise<void> {
    for (const { model, name, label, type, isIndexed } of NEEDED_FIELDS) {
      const [found] = await this.odoo.search<{ id: number }>("ir.model", [["model", "=", model]], [])
      if (found === undefined) {
        throw new Error(`Odoo has no ${model}: these tests need a database with the modules sale_management and sale_stock (ODOO_DB)`)
      }
      const values = { model_id: found.id, name, field_description: label, ttype: type, index: isIndexed, copied: false, store: true }
      await this.have("ir.model.fields", [["model", "=", model], ["name", "=", name]], values)
    }
    for (const { code, name } of Object.values(SERVICE_PRODUCTS)) {
      await this.have("product.product", [["default_code", "=", code]], { name, default_code: code, type: "service", sale_ok: false })
    }
    for (const currency of currencies) {
      await this.set("res.currency", [["name", "=", currency]], "active", true)
      const [{ id } = { id: 0 }] = await this.odoo.search("res.currency", [["name", "=", currency]], [])
      await this.have("product.pricelist", [["currency_id", "=", id]], { name: `Medusa ${currency}`, currency_id: id })
    }
  }
}
