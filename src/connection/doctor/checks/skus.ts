import type { OdooClient } from "../../../odoo-client"
import { counted, detailsOf, mend, named, well, type Check, type CheckInput, type Finding } from "../check"

/** What was found of all variants. */
type Tally = { total: number; withoutSku: string[]; duplicates: string[]; lacking: string[] }

/** How many products of Odoo have each of these codes in a field. */
async function countCodes(client: OdooClient, field: "default_code" | "barcode", codes: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>()
  const rows = codes.length === 0 ? [] : await client.searchRead("product.product", { domain: [[field, "in", codes]], fields: [field] })
  for (const row of rows) {
    const code = String(row[field])
    counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  return counts
}

/** Compares the SKUs of one page. A SKU stands for a product by its `default_code`, else by its bar code. */
async function compare(client: OdooClient, skus: readonly string[]): Promise<Pick<Tally, "duplicates" | "lacking">> {
  const byCode = await countCodes(client, "default_code", skus)
  const others = skus.filter((sku) => !byCode.has(sku))
  const byBarcode = await countCodes(client, "barcode", others)
  return { duplicates: skus.filter((sku) => (byCode.get(sku) ?? 0) > 1), lacking: others.filter((sku) => !byBarcode.has(sku)) }
}

async function tallyOf({ client, shop }: CheckInput): Promise<Tally> {
  const tally: Tally = { total: 0, withoutSku: [], duplicates: [], lacking: [] }
  for await (const page of shop.variants()) {
    const skus = page.flatMap(({ sku }) => (sku === null || sku === "" ? [] : [sku]))
    const { duplicates, lacking } = await compare(client, skus)
    tally.total += page.length
    tally.withoutSku.push(...page.filter(({ sku }) => sku === null || sku === "").map(({ name }) => name))
    tally.duplicates.push(...duplicates)
    tally.lacking.push(...lacking)
  }
  return tally
}

const orNone = (check: Finding["check"], found: readonly string[], none: string, sentence: string, remedy: string) =>
  found.length === 0 ? well(check, none) : mend(check, `${sentence}: ${named(found)}.`, remedy, detailsOf(found))

async function run(input: CheckInput): Promise<Finding[]> {
  const { total, withoutSku, duplicates, lacking } = await tallyOf(input)
  const effect = input.options.unknownSku === "hold" ? "Orders with them are held until then." : "Until then, orders have a placeholder instead."
  return [
    orNone(
      "variants_without_sku",
      withoutSku,
      "Each published variant of the shop has a SKU.",
      `${counted(withoutSku.length, "published variant")} of the shop ${withoutSku.length === 1 ? "has" : "have"} no SKU`,
      "Give each a SKU in the shop: the internal reference of its product in Odoo."
    ),
    orNone(
      "duplicate_skus",
      duplicates,
      "No SKU of the shop stands for several products of Odoo.",
      `${counted(duplicates.length, "SKU")} of the shop ${duplicates.length === 1 ? "is" : "are"} the internal reference of several products of Odoo`,
      "Give each product an internal reference of its own in Odoo, or archive those that are not sold. Until then, the oldest is taken."
    ),
    orNone(
      "unknown_skus",
      lacking,
      `Odoo has the SKUs of the shop's ${counted(total, "published variant")}.`,
      `Odoo lacks ${counted(lacking.length, "SKU")} of the shop`,
      `Make these products in Odoo with the SKU as internal reference, or bring them back from its archive. ${effect}`
    ),
  ]
}

/** The SKUs of the shop, and the products of Odoo that they stand for. */
export const skus: Check = { name: "unknown_skus", run }
