import type { CatalogueLevel, CatalogueProduct, CatalogueVariant } from "../catalogue"
import { ARCHIVED, planLifecycle, planProductLifecycle } from "../plan-lifecycle"

const variant = (more: Partial<CatalogueVariant> = {}): CatalogueVariant => ({
  id: "variant_1", product_id: "prod_1", sku: "X-1", title: "X", variant_rank: 0, barcode: null, hs_code: null, origin_country: null, weight: null,
  manage_inventory: true, allow_backorder: false, metadata: null, price_set_id: null, prices: [], options: [],
  inventory_items: [{ id: "item_1", sku: "X-1" }], ...more,
})

const product = (status: string, marker?: object): CatalogueProduct => ({
  id: "prod_1", title: "X", handle: "x", status, description: null, thumbnail: null, weight: null, hs_code: null, origin_country: null,
  metadata: marker === undefined ? null : { [ARCHIVED]: marker }, images: [], tags: [], category_ids: [], options: [],
  variants: [variant(marker === undefined ? {} : { metadata: { [ARCHIVED]: {} } })],
})

const level = (quantity: number, stated_at: string | null = null, location_id = "loc_1"): CatalogueLevel => ({ location_id, quantity, stated_at })
const marker = (stock: CatalogueLevel[], more: object = {}) => ({ manage_inventory: true, allow_backorder: false, stock, ...more })
const archived = (stock: CatalogueLevel[], more: object = {}) => variant({ metadata: { [ARCHIVED]: marker(stock, more) } })

describe("a variant that Odoo archives", () => {
  const archive = { sku: "X-1", lifecycle: "archive" as const }
  const restore = { sku: "X-1", lifecycle: "restore" as const }

  it("loses its stock again where it has got some in between, which is what is remembered then", () => {
    expect(planLifecycle(archive, archived([level(8)]), undefined, [level(5)])).toEqual({
      metadata: { [ARCHIVED]: marker([level(5)]) }, manageInventory: true, allowBackorder: false, stock: [{ location_id: "loc_1", quantity: 0 }],
    })
  })

  it("keeps what was first remembered where nothing has come in between", () => {
    const left = archived([level(8), level(2, null, "loc_2")], { manage_inventory: false, allow_backorder: true })
    const plan = planLifecycle(archive, left, undefined, [level(0, null, "loc_2"), level(0)])
    expect([plan?.metadata, plan?.stock]).toEqual([left.metadata, []])
  })

  it("gets back what it had, however often it was archived", () => {
    expect(planLifecycle(restore, archived([level(8)], { manage_inventory: false, allow_backorder: true }), undefined, [level(0)])).toEqual({
      metadata: { [ARCHIVED]: null }, manageInventory: false, allowBackorder: true, stock: [level(8)],
    })
  })

  it("does not get back what was counted as none in between", () => {
    const before = "2026-01-01T00:00:00.000Z"
    const counted = [level(0, "2026-01-02T00:00:00.000Z")]
    expect(planLifecycle(restore, archived([level(4)]), undefined, counted)?.stock).toEqual([])
    expect(planLifecycle(restore, archived([level(4, before)]), undefined, counted)?.stock).toEqual([])
    expect(planLifecycle(restore, archived([level(4, before)]), undefined, [level(0, before)])?.stock).toEqual([level(4, before)])
  })

  it("forgets what it had where a push counts it or says how it is sold", () => {
    const plan = planLifecycle({ sku: "X-1", quantity: 0, allowBackorder: true }, archived([level(4), level(2, null, "loc_2")]), "loc_1", [])
    expect(plan).toEqual({ metadata: { [ARCHIVED]: marker([level(2, null, "loc_2")], { allow_backorder: true }) }, stock: [] })
    expect(planLifecycle({ sku: "X-1", title: "New" }, archived([level(4)]), undefined, [])).toBeUndefined()
  })
})

describe("a product whose variants Odoo archives", () => {
  const archive = new Map([["variant_1", "archive" as const]])
  const restore = new Map([["variant_1", "restore" as const]])

  it("is a draft again where it was published in between", () => {
    expect(planProductLifecycle(product("published", { status: "draft" }), archive)).toEqual({ status: "draft", remember: { status: "published" } })
    expect(planProductLifecycle(product("draft", { status: "published" }), archive)).toBeUndefined()
  })

  it("comes back as what it was, or as what it was made in between", () => {
    expect(planProductLifecycle(product("draft", { status: "published" }), restore)).toEqual({ status: "published", remember: null })
    expect(planProductLifecycle(product("proposed", { status: "published" }), restore)).toEqual({ status: "proposed", remember: null })
  })
})
