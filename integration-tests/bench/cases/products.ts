import type { Bench } from "../bench"
import { OURS, quicker, within, type Case, type CaseMaker, type Contender } from "../case"
import { priceOf, skuOf, titleOf } from "../seed-catalogue"

const MEDUSA = "Medusa's API"
const FLOOR = "floor"

/** How many products Medusa's API takes at once where it is quickest. */
const MEDUSA_CHUNK = 250

/** A product as Odoo says it: its price in the minor unit of a currency with three decimals. */
type Product = { n: number; title: string; price: number }

const major = ({ price }: Product) => price / 1_000

const chunks = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size))

const figure = (value: number) => value.toLocaleString("en")

/** What Odoo says of the first products, which is what the shop has: each contender pushes all of it. */
class Catalogue {
  readonly products: Product[]
  #changes = 0

  constructor(howMany: number) {
    this.products = Array.from({ length: howMany }, (_, index) => ({ n: index + 1, title: titleOf(index + 1), price: priceOf(index + 1) }))
  }

  /** Every so manieth product has another price, or another title, or both. */
  change(every: number, what: { price?: boolean; title?: boolean }): void {
    this.#changes += 1
    for (const product of this.products.filter(({ n }) => (n + this.#changes) % every === 0)) {
      product.price += what.price === true ? 1 : 0
      product.title = what.title === true ? `${titleOf(product.n)}, edition ${String(every)}.${String(this.#changes)}` : product.title
    }
  }
}

type BulkAnswer = { success: boolean; results: { total: number; created: number; updated: number } }

const statementOf = ({ n, title, price }: Product) => ({ odoo_product_id: n, sku: skuOf(n), title, price })

async function push({ odoo }: Bench, products: readonly object[]): Promise<BulkAnswer["results"]> {
  const { data } = await odoo.post<BulkAnswer>("/odoo/products/bulk", { products })
  if (!data.success) {
    throw new Error(`not every product was applied: ${JSON.stringify(data.results).slice(0, 500)}`)
  }
  return data.results
}

type Ids = { n: number; id: string; variant_id: string; price_id: string }

/** What Medusa's API has to be given for a product. */
async function idsOf({ shop }: Bench, howMany: number): Promise<Ids[]> {
  return await shop.query<Ids>(
    `SELECT CAST(right(variant.sku, 6) AS integer) AS n, variant.product_id AS id, variant.id AS variant_id, price.id AS price_id
     FROM product_variant AS variant
     JOIN product_variant_price_set AS priced ON priced.variant_id = variant.id
     JOIN price ON price.price_set_id = priced.price_set_id
     WHERE variant.id LIKE 'variant\\_______' ORDER BY n LIMIT $1`,
    [howMany]
  )
}

function updateOf(product: Product, ids: Ids | undefined, currency: string) {
  const prices = [{ id: ids?.price_id, currency_code: currency, amount: major(product) }]
  return { id: ids?.id, title: product.title, variants: [{ id: ids?.variant_id, prices }] }
}

async function updateByMedusa({ admin, shop }: Bench, products: readonly Product[], ids: readonly Ids[]): Promise<void> {
  for (const chunk of chunks(products, MEDUSA_CHUNK)) {
    await admin.post("/admin/products/batch?fields=id", {
      update: chunk.map((product) => updateOf(product, ids[product.n - 1], shop.shop.currencyCode)),
    })
  }
}

/** The least that the database has to do: two statements, which are given what is to be. */
async function updateByHand({ database }: Bench, products: readonly Product[]): Promise<void> {
  const skus = products.map(({ n }) => skuOf(n))
  await database.query(
    `UPDATE product SET title = wanted.title, updated_at = now()
     FROM unnest($1::text[], $2::text[]) AS wanted (sku, title) JOIN product_variant AS variant USING (sku)
     WHERE product.id = variant.product_id AND product.title <> wanted.title`,
    [skus, products.map(({ title }) => title)]
  )
  await database.query(
    `UPDATE price SET amount = wanted.amount, raw_amount = jsonb_build_object('value', wanted.amount::text, 'precision', 20), updated_at = now()
     FROM unnest($1::text[], $2::numeric[]) AS wanted (sku, amount)
     JOIN product_variant AS variant USING (sku) JOIN product_variant_price_set AS priced ON priced.variant_id = variant.id
     WHERE price.price_set_id = priced.price_set_id AND price.amount <> wanted.amount`,
    [skus, products.map(major)]
  )
}

/** Makes sure that the shop has what Odoo says. */
async function checkProducts({ shop }: Bench, products: readonly Product[]): Promise<void> {
  const [row] = await shop.query<{ right: string }>(
    `SELECT count(*) AS right
     FROM unnest($1::text[], $2::text[], $3::numeric[]) AS wanted (sku, title, amount)
     JOIN product_variant AS variant USING (sku) JOIN product ON product.id = variant.product_id
     JOIN product_variant_price_set AS priced ON priced.variant_id = variant.id
     JOIN price ON price.price_set_id = priced.price_set_id AND price.deleted_at IS NULL
     WHERE product.title = wanted.title AND price.amount = wanted.amount AND (price.raw_amount ->> 'value')::numeric = wanted.amount`,
    [products.map(({ n }) => skuOf(n)), products.map(({ title }) => title), products.map(major)]
  )
  if (Number(row?.right) !== products.length) {
    throw new Error(`${String(row?.right)} of ${String(products.length)} products are what they were to be`)
  }
}

/** Pushes of one page of the catalogue, on which one product in so many differs. */
const changed = (oneIn: number, goals: Case["goals"]): CaseMaker => async (bench) => {
  const { productPush } = bench.size
  const every = Math.min(oneIn, productPush / 2)
  const catalogue = new Catalogue(productPush)
  const ids = await idsOf(bench, productPush)
  const changing = (run: () => Promise<unknown>): Contender => ({
    prepare: () => {
      catalogue.change(every, { price: true, title: true })
      return Promise.resolve()
    },
    run: () => run().then(() => undefined),
    check: () => checkProducts(bench, catalogue.products),
  })
  return {
    title: `products/bulk of ${figure(productPush)}, titles and prices of ${oneIn === 1 ? "all" : "1 %"} differ`,
    contenders: {
      [OURS]: changing(() => push(bench, catalogue.products.map(statementOf))),
      [MEDUSA]: changing(() => updateByMedusa(bench, catalogue.products, ids)),
      [FLOOR]: changing(() => updateByHand(bench, catalogue.products)),
    },
    goals,
  }
}

type Read = { products: { id: string; title: string; variants: { prices: { amount: number }[] }[] }[] }

/** The whole catalogue, which Medusa's API reads first, so that it only has to write what differs. */
const wholeCatalogue: CaseMaker = async (bench) => {
  const { products: howMany, productPush } = bench.size
  const catalogue = new Catalogue(howMany)
  const ids = await idsOf(bench, howMany)
  const changing = (run: () => Promise<unknown>): Contender => ({
    prepare: () => {
      catalogue.change(100, { price: true })
      return Promise.resolve()
    },
    run: () => run().then(() => undefined),
    check: () => checkProducts(bench, catalogue.products),
  })
  const readAndCompare = async () => {
    const byId = new Map(ids.map(({ id, n }) => [id, catalogue.products[n - 1]]))
    for (let offset = 0; offset < howMany; offset += productPush) {
      const { data } = await bench.admin.get<Read>("/admin/products", {
        params: { limit: productPush, offset, order: "id", fields: "id,title,*variants.prices" },
      })
      const differing = data.products.flatMap(({ id, title, variants: [variant] }) => {
        const product = byId.get(id)
        const isSame = product === undefined || (title === product.title && variant?.prices[0]?.amount === major(product))
        return isSame ? [] : product
      })
      await updateByMedusa(bench, differing, ids)
    }
  }
  return {
    title: `products/bulk of ${figure(howMany)} in pages of ${figure(productPush)}, 1 % of the prices differ; Medusa's API reads and compares first`,
    contenders: {
      [OURS]: changing(async () => {
        for (const page of chunks(catalogue.products, productPush)) {
          await push(bench, page.map(statementOf))
        }
      }),
      [MEDUSA]: changing(readAndCompare),
      [FLOOR]: changing(() => updateByHand(bench, catalogue.products)),
    },
    goals: [quicker(MEDUSA, 5)],
  }
}

type Made = { created: { variants: { inventory_items: { inventory_item_id: string }[] }[] }[] }

/** Medusa's API, which makes products with their items and prices, and then their levels. */
async function createByMedusa({ admin, shop: { shop } }: Bench, products: readonly Product[]): Promise<void> {
  const [profile] = (await admin.get<{ shipping_profiles: { id: string }[] }>("/admin/shipping-profiles")).data.shipping_profiles
  for (const chunk of chunks(products, MEDUSA_CHUNK)) {
    const { data } = await admin.post<Made>("/admin/products/batch?fields=id,variants.inventory_items.inventory_item_id", {
      create: chunk.map((product) => ({
        title: product.title,
        status: "published",
        metadata: { odoo_id: product.n },
        sales_channels: [{ id: shop.salesChannelId }],
        shipping_profile_id: profile?.id,
        options: [{ title: "Default option", values: ["Default option value"] }],
        variants: [{
          title: product.title,
          sku: skuOf(product.n),
          manage_inventory: true,
          metadata: { odoo_id: product.n },
          options: { "Default option": "Default option value" },
          prices: [{ currency_code: shop.currencyCode, amount: major(product) }],
        }],
      })),
    })
    const items = data.created.flatMap(({ variants }) => variants.flatMap(({ inventory_items: own }) => own))
    if (items.length !== chunk.length) {
      throw new Error(`Medusa's API has made ${String(items.length)} inventory items of ${String(chunk.length)}`)
    }
    await admin.post("/admin/inventory-items/location-levels/batch", {
      create: items.map(({ inventory_item_id }) => ({ inventory_item_id, location_id: shop.locationId, stocked_quantity: 5 })),
    })
  }
}

/** Products that the shop does not know yet; each turn makes others. */
const unknown: CaseMaker = (bench) => {
  const { productPush, skus } = bench.size
  let last = skus
  const more = () => {
    const first = last + 1
    last += productPush
    return Array.from({ length: productPush }, (_, index) => ({ n: first + index, title: titleOf(first + index), price: priceOf(first + index) }))
  }
  return {
    title: `products/bulk of ${figure(productPush)} new ones, with price, item and level`,
    contenders: {
      [OURS]: {
        run: async () => {
          const { created } = await push(bench, more().map((product) => ({ ...statementOf(product), inventory: { quantity: 5 } })))
          if (created !== productPush) {
            throw new Error(`only ${String(created)} products were made`)
          }
          return undefined
        },
      },
      [MEDUSA]: { run: () => createByMedusa(bench, more()).then(() => undefined) },
    },
    goals: [within(0.8, MEDUSA)],
  }
}

export const PRODUCT_CASES: Readonly<Record<string, CaseMaker>> = {
  "products-few-differ": changed(100, [quicker(MEDUSA, 30)]),
  "products-all-differ": changed(1, [quicker(MEDUSA, 4)]),
  "products-pages": wholeCatalogue,
  "products-new": unknown,
}
