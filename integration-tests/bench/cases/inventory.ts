import autocannon from "autocannon"

import type { Bench } from "../bench"
import { growsLessThan, OURS, quicker, shareOf, within, type Case, type CaseMaker, type Contender } from "../case"
import { skuOf, stockOf } from "../seed-catalogue"

const MEDUSA = "Medusa's API"
const FLOOR = "floor"

/** How many levels Medusa's API takes at once where it is quickest. */
const MEDUSA_CHUNK = 500

type Count = { sku: string; quantity: number }

type BulkAnswer = { success: boolean; results: { total: number; updated: number } }

/** What Odoo counts of the first items, which is what the shop has: each contender pushes all of it. */
class Counts {
  readonly items: Count[]

  constructor(howMany: number) {
    this.items = Array.from({ length: howMany }, (_, index) => ({ sku: skuOf(index + 1), quantity: stockOf(index + 1) }))
  }

  /** Every so manieth item was sold, or came in. */
  change(turn: number, every: number): void {
    this.items.forEach((item, index) => {
      if ((index + turn) % every === 0) {
        item.quantity += 1
      }
    })
  }
}

/** Makes sure that the shop has what was counted. */
async function checkStock({ shop }: Bench, items: readonly Count[]): Promise<void> {
  const [row] = await shop.query<{ right: string }>(
    `SELECT count(*) AS right
     FROM unnest($1::text[], $2::numeric[]) AS wanted (sku, quantity)
     JOIN inventory_item AS item USING (sku) JOIN inventory_level AS level ON level.inventory_item_id = item.id
     WHERE level.stocked_quantity = wanted.quantity AND (level.raw_stocked_quantity ->> 'value')::numeric = wanted.quantity`,
    [items.map(({ sku }) => sku), items.map(({ quantity }) => quantity)]
  )
  if (Number(row?.right) !== items.length) {
    throw new Error(`${String(row?.right)} of ${String(items.length)} levels are what they were to be`)
  }
}

async function push({ odoo }: Bench, items: readonly Count[]): Promise<void> {
  const { data } = await odoo.post<BulkAnswer>("/odoo/inventory/bulk-update", { items })
  if (!data.success || data.results.updated !== items.length) {
    throw new Error(`not every count was applied: ${JSON.stringify(data.results).slice(0, 500)}`)
  }
}

/** Medusa's own API, which is given the ids of the levels and sets all of them. */
async function medusa(bench: Bench, counts: Counts): Promise<Contender> {
  const levels = await bench.shop.query<{ inventory_item_id: string; location_id: string }>(
    "SELECT inventory_item_id, location_id FROM inventory_level WHERE inventory_item_id LIKE 'iitem\\_______' ORDER BY inventory_item_id LIMIT $1",
    [counts.items.length]
  )
  return {
    run: async () => {
      for (let start = 0; start < levels.length; start += MEDUSA_CHUNK) {
        await bench.admin.post("/admin/inventory-items/location-levels/batch", {
          update: levels.slice(start, start + MEDUSA_CHUNK).map((level, index) => ({
            ...level,
            stocked_quantity: counts.items[start + index]?.quantity,
          })),
        })
      }
      return undefined
    },
  }
}

/** The least that the database has to do: one statement, which is given what is to be. */
const floor = (bench: Bench, counts: Counts): Contender => ({
  run: async () => {
    await bench.database.query(
      `UPDATE inventory_level AS level
       SET stocked_quantity = wanted.quantity, raw_stocked_quantity = jsonb_build_object('value', wanted.quantity::text, 'precision', 20), updated_at = now()
       FROM unnest($1::text[], $2::numeric[]) AS wanted (sku, quantity)
       JOIN inventory_item AS item ON item.sku = wanted.sku AND item.deleted_at IS NULL
       WHERE level.inventory_item_id = item.id AND level.stocked_quantity <> wanted.quantity`,
      [counts.items.map(({ sku }) => sku), counts.items.map(({ quantity }) => quantity)]
    )
    return undefined
  },
})

const figure = (value: number) => value.toLocaleString("en")

/** A push of which one item in so many differs. */
const bulkUpdate = (every: number, goals: Case["goals"]): CaseMaker => async (bench) => {
  const counts = new Counts(bench.size.push)
  let changes = 0
  const changing = (contender: Contender): Contender => ({
    ...contender,
    prepare: () => {
      changes += 1
      counts.change(changes, every)
      return Promise.resolve()
    },
    check: () => checkStock(bench, counts.items),
  })
  return {
    title: `bulk-update of ${figure(bench.size.push)} SKUs, ${every === 1 ? "all" : "1 %"} differ`,
    contenders: {
      [OURS]: changing({ run: () => push(bench, counts.items).then(() => undefined) }),
      [MEDUSA]: changing(await medusa(bench, counts)),
      [FLOOR]: changing(floor(bench, counts)),
    },
    goals,
  }
}

const ONE_PAGE = "one page"
const PAGES = "in pages"

/** As large a catalogue as there is; what is compared is the time for each SKU. */
const largeCatalogue: CaseMaker = (bench) => {
  const { push: page, skus } = bench.size
  const counts = new Counts(skus)
  const perSku = (howMany: number, work: () => Promise<void>) => async () => {
    const start = performance.now()
    await work()
    return ((performance.now() - start) * 1_000) / howMany
  }
  let changes = 0
  const changing = (run: Contender["run"], howMany = skus): Contender => ({
    prepare: () => {
      changes += 1
      counts.change(changes, 100)
      return Promise.resolve()
    },
    run,
    check: () => checkStock(bench, counts.items.slice(0, howMany)),
  })
  return {
    title: `bulk-update of ${figure(skus)} SKUs in one request, in pages of ${figure(page)}, and one such page alone; µs for each SKU`,
    contenders: {
      [OURS]: changing(perSku(skus, () => push(bench, counts.items))),
      [PAGES]: changing(
        perSku(skus, async () => {
          for (let start = 0; start < skus; start += page) {
            await push(bench, counts.items.slice(start, start + page))
          }
        })
      ),
      [ONE_PAGE]: changing(perSku(page, () => push(bench, counts.items.slice(0, page))), page),
    },
    goals: [within(1.3, ONE_PAGE), within(1.3, ONE_PAGE, PAGES), growsLessThan(150, OURS), growsLessThan(150, PAGES)],
    watchesGrowth: true,
  }
}

const CONNECTIONS = 32
const NOTHING = "a route that does nothing"

/** A load of small requests. @returns how long one takes on average, all connections together; milliseconds */
const load = ({ url, odooHeaders, size }: Bench, path: string, bodyOf: (n: number) => unknown): Contender => ({
  run: async () => {
    let sent = 0
    const result = await autocannon({
      url: `${url}${path}`,
      method: "POST",
      connections: CONNECTIONS,
      duration: size.loadSeconds,
      headers: { ...odooHeaders, "content-type": "application/json" },
      requests: [{ setupRequest: (request) => ({ ...request, body: JSON.stringify(bodyOf((sent += 1))) }) }],
    })
    if (result.non2xx > 0 || result.errors > 0) {
      throw new Error(`${path}: ${String(result.non2xx)} requests were refused, ${String(result.errors)} broke`)
    }
    return (result.duration * 1_000) / result.requests.total
  },
})

/** Changes of one item each, spread over the catalogue as sales are. */
const webhook: CaseMaker = (bench) => {
  const change = (n: number) => ({
    event_type: "inventory.adjustment",
    items: [{ sku: skuOf(((n * 7) % bench.size.products) + 1), quantity: 1, adjustment_type: "delta" }],
  })
  return {
    title: `inventory webhook, one change of one SKU; ${String(CONNECTIONS)} connections, ms a request`,
    contenders: {
      [OURS]: load(bench, "/odoo/webhooks/inventory", change),
      [NOTHING]: load(bench, "/nothing", change),
    },
    goals: [shareOf(NOTHING, 25)],
    turns: Math.min(3, bench.size.turns),
  }
}

export const INVENTORY_CASES: Readonly<Record<string, CaseMaker>> = {
  "stock-few-differ": bulkUpdate(100, [quicker(MEDUSA, 50), within(6, FLOOR)]),
  "stock-all-differ": bulkUpdate(1, [quicker(MEDUSA, 20), within(5, FLOOR)]),
  "stock-large": largeCatalogue,
  "stock-webhook": webhook,
}
