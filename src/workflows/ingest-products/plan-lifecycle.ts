import type { ProductItem } from "../../wire/product-statement"
import type { CatalogueLevel, CatalogueProduct, CatalogueVariant, LevelStock } from "./catalogue"

/** Where a variant's metadata, and its product's, keep what was before it went out of the shop. */
export const ARCHIVED = "odoo_archived"

/** What of a variant is brought back. */
type Remembered = { manage_inventory: boolean; allow_backorder: boolean; stock: CatalogueLevel[] }

/** What a webhook's word on being there or not makes of a variant (contract 6). */
export type LifecyclePlan = {
  metadata: { [ARCHIVED]?: Remembered | null }
  manageInventory?: boolean | undefined
  allowBackorder?: boolean | undefined
  stock: LevelStock[]
}

export const isArchived = (record: { metadata: Record<string, unknown> | null }) => (record.metadata?.[ARCHIVED] ?? null) !== null

const remembered = (record: { metadata: Record<string, unknown> | null }) =>
  (isArchived(record) ? record.metadata?.[ARCHIVED] : {}) as Partial<Remembered> & { status?: string }

/**
 * The stock that a variant would have were it in the shop: what was before, where its level is as it was left, and what
 * the level says where something was counted meanwhile.
 */
function stockInShop(before: readonly CatalogueLevel[], levels: readonly CatalogueLevel[]): CatalogueLevel[] {
  const beforeAt = new Map(before.map((level) => [level.location_id, level]))
  const stock = levels.map(({ location_id, quantity, stated_at }) => {
    const left = beforeAt.get(location_id)
    return quantity === 0 && left !== undefined && left.stated_at === stated_at ? left : { location_id, quantity, stated_at }
  })
  return stock.filter(({ quantity }) => quantity > 0).sort((a, b) => (a.location_id < b.location_id ? -1 : 1))
}

/** What a variant would be were it in the shop. What is no longer as it was left was changed by others, and stays so. */
function inShop(variant: CatalogueVariant, levels: readonly CatalogueLevel[]): Remembered {
  const before = remembered(variant)
  return {
    manage_inventory: variant.manage_inventory && (before.manage_inventory ?? true),
    allow_backorder: variant.allow_backorder || (before.allow_backorder ?? false),
    stock: stockInShop(before.stock ?? [], levels),
  }
}

/** What is remembered of an archived variant once a push has said otherwise; undefined where it has not. */
function rememberedAnew({ quantity, manageInventory, allowBackorder }: ProductItem, variant: CatalogueVariant, locationId: string | undefined) {
  const { stock = [], ...before } = remembered(variant)
  const counted = quantity === undefined ? undefined : locationId
  if (!isArchived(variant) || (counted ?? manageInventory ?? allowBackorder) === undefined) {
    return undefined
  }
  return {
    manage_inventory: manageInventory ?? before.manage_inventory ?? variant.manage_inventory,
    allow_backorder: allowBackorder ?? before.allow_backorder ?? variant.allow_backorder,
    stock: stock.filter(({ location_id }) => location_id !== counted),
  }
}

/**
 * Takes a variant out of the shop, or brings it back. Out means: no stock, and nothing that sells without stock, also
 * where others have brought it back in between. What was is kept in the metadata; what was said meanwhile is not
 * overwritten when it comes back.
 * @param locationId where the statement's quantity belongs
 * @param levels the stock levels of the variant's inventory item
 */
export function planLifecycle(
  statement: ProductItem,
  variant: CatalogueVariant,
  locationId: string | undefined,
  levels: readonly CatalogueLevel[]
): LifecyclePlan | undefined {
  const { lifecycle } = statement
  if (lifecycle === "archive") {
    return {
      metadata: { [ARCHIVED]: inShop(variant, levels) },
      manageInventory: true,
      allowBackorder: false,
      stock: levels.filter(({ quantity }) => quantity > 0).map(({ location_id }) => ({ location_id, quantity: 0 })),
    }
  }
  if (lifecycle === "restore" && isArchived(variant)) {
    const { manage_inventory, allow_backorder, stock } = inShop(variant, levels)
    const present = new Map(levels.map(({ location_id, quantity }) => [location_id, quantity]))
    return {
      metadata: { [ARCHIVED]: null },
      manageInventory: manage_inventory,
      allowBackorder: allow_backorder,
      stock: stock.filter(({ location_id, quantity }) => present.get(location_id) !== quantity),
    }
  }
  const anew = rememberedAnew(statement, variant, locationId)
  return anew === undefined ? undefined : { metadata: { [ARCHIVED]: anew }, stock: [] }
}

/**
 * What becomes of a product when some of its variants go or come: it is a draft when none is left, also where others
 * have published it in between, and what it was before when the first comes back.
 * @param changing the variants that go or come, by id
 */
export function planProductLifecycle(
  product: CatalogueProduct,
  changing: ReadonlyMap<string, NonNullable<ProductItem["lifecycle"]>>
): { status: string; remember: { status: string } | null } | undefined {
  const isOut = (variant: CatalogueVariant) => {
    const lifecycle = changing.get(variant.id)
    return lifecycle === undefined ? isArchived(variant) : lifecycle === "archive"
  }
  const allOut = product.variants.every(isOut)
  const asLeft = isArchived(product) && product.status === "draft"
  const status = asLeft ? (remembered(product).status ?? product.status) : product.status
  if (allOut && changing.size > 0 && !asLeft) {
    return { status: "draft", remember: { status } }
  }
  if (!allOut && isArchived(product)) {
    return { status, remember: null }
  }
  return undefined
}
