import type { ProductItem } from "../../wire/product-statement"
import type { CatalogueLevel, CatalogueProduct, CatalogueVariant, LevelStock } from "./catalogue"

/** The metadata key under which an archived variant or product stores its former values. */
export const ARCHIVED = "odoo_archived"

/** The values of a variant that are restored. */
type Remembered = { manage_inventory: boolean; allow_backorder: boolean; stock: CatalogueLevel[] }

/** The changes of a variant that leaves or returns to the shop (contract 6). */
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
 * The stock of a variant as if it were in the shop: the former stock where the level has not changed since the variant left,
 * otherwise the present one.
 */
function stockInShop(before: readonly CatalogueLevel[], levels: readonly CatalogueLevel[]): CatalogueLevel[] {
  const beforeAt = new Map(before.map((level) => [level.location_id, level]))
  const stock = levels.map(({ location_id, quantity, stated_at }) => {
    const left = beforeAt.get(location_id)
    return quantity === 0 && left !== undefined && left.stated_at === stated_at ? left : { location_id, quantity, stated_at }
  })
  return stock.filter(({ quantity }) => quantity > 0).sort((a, b) => (a.location_id < b.location_id ? -1 : 1))
}

/** The values of a variant as if it were in the shop. A value that others have changed since the variant left stays as it is. */
function inShop(variant: CatalogueVariant, levels: readonly CatalogueLevel[]): Remembered {
  const before = remembered(variant)
  return {
    manage_inventory: variant.manage_inventory && (before.manage_inventory ?? true),
    allow_backorder: variant.allow_backorder || (before.allow_backorder ?? false),
    stock: stockInShop(before.stock ?? [], levels),
  }
}

/** The new values to restore, where an item changes an archived variant; undefined where it does not. */
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
 * Plans to take a variant out of the shop, or to bring it back. A variant outside of the shop has no stock and does not sell
 * without stock, also where others have changed that. Its former values are kept in the metadata; changes made in the meantime
 * survive its return.
 * @param locationId the location of the item's quantity
 * @param levels the stock levels of the variant's inventory item
 * @returns undefined where nothing changes
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
 * Plans the status of a product whose variants leave or return to the shop. Without a variant in the shop the product is a draft,
 * also where others have published it. When the first variant returns, the product gets its former status.
 * @param changing the variants that leave or return, by id
 * @returns undefined where the status stays
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
