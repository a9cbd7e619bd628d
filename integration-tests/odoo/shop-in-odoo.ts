import { waitFor } from "../support/wait"
import type { OdooClient } from "./client"

const INSTALLING_MS = 300_000

/** Waits until the addon is there: a server that has just been started may still install it. */
async function addonIsInstalled(odoo: OdooClient): Promise<void> {
  await waitFor(
    "Odoo answers and has the addon medusa_shop",
    async () => {
      const addons = await odoo
        .search<{ state: string }>("ir.module.module", [["name", "=", "medusa_shop"], ["state", "=", "installed"]], ["state"])
        .catch((error: unknown) => {
          // it is there, and will not think better of it
          if (error instanceof Error && error.message.startsWith("Odoo knows no user")) {
            throw error
          }
          return []
        })
      return addons.length > 0
    },
    INSTALLING_MS
  )
}

/** A pricelist gives a sale order its currency. Odoo has most currencies, but switched off. */
async function havePricelist(odoo: OdooClient, currency: string): Promise<void> {
  const [found] = (await odoo.call("res.currency", "search_read", [[["name", "=", currency]]], {
    fields: ["active"],
    context: { active_test: false },
  })) as { id: number; active: boolean }[]
  if (found === undefined) {
    throw new Error(`Odoo knows no currency ${currency}`)
  }
  if (!found.active) {
    await odoo.write("res.currency", found.id, { active: true })
  }
  const pricelists = await odoo.search("product.pricelist", [["currency_id", "=", found.id]], [])
  if (pricelists.length === 0) {
    await odoo.create("product.pricelist", { name: `Web shop, ${currency}`, currency_id: found.id })
  }
}

/** Makes a product with a price of its own, which no order of the shop has. */
export async function haveProduct(odoo: OdooClient, sku: string): Promise<void> {
  const products = await odoo.search("product.product", [["default_code", "=", sku]], [])
  if (products.length === 0) {
    await odoo.create("product.product", { name: `Product ${sku}`, default_code: sku, type: "consu", list_price: 99 })
  }
}

/** Sets Odoo up for the shop as a person would: the webhooks' secret, the products, a pricelist. What is there stays. */
export async function prepareOdoo(odoo: OdooClient, input: { secret: string; skus: string[]; currency: string }): Promise<void> {
  await addonIsInstalled(odoo)
  await odoo.call("ir.config_parameter", "set_param", ["medusa_shop.webhook_secret", input.secret])
  await havePricelist(odoo, input.currency)
  for (const sku of input.skus) {
    await haveProduct(odoo, sku)
  }
}
