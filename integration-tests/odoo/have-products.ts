import type { OdooClient } from "../../src/odoo-client"

/** Makes a product in Odoo for each SKU that has none. */
export async function haveProducts(odoo: OdooClient, skus: readonly string[]): Promise<void> {
  const known = await odoo.searchRead("product.product", { domain: [["default_code", "in", skus]], fields: ["default_code"] })
  const missing = skus.filter((sku) => !known.some(({ default_code: code }) => code === sku))
  if (missing.length > 0) {
    await odoo.call("product.product", "create", {
      vals_list: missing.map((sku) => ({ name: `Article ${sku}`, default_code: sku, type: "consu", is_storable: true, taxes_id: [[6, 0, []]] })),
    })
  }
}

/** Makes a sales tax in Odoo, unless there is one. */
export async function haveTax(odoo: OdooClient, rate: number, isInclusive: boolean): Promise<void> {
  const domain = [["type_tax_use", "=", "sale"], ["amount", "=", rate], ["price_include", "=", isInclusive]] as const
  if ((await odoo.searchRead("account.tax", { domain, fields: ["id"] })).length === 0) {
    const name = `${String(rate)} % ${isInclusive ? "in" : "on"}`
    await odoo.call("account.tax", "create", {
      vals_list: [{ name, amount: rate, amount_type: "percent", type_tax_use: "sale", price_include_override: isInclusive ? "tax_included" : "tax_excluded" }],
    })
  }
}
