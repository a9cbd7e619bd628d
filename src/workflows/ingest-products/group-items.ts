import { invalidInput, isWireError, WireError } from "../../wire/errors"
import type { BulkProductItem, ProductItem } from "../../wire/product-statement"
import { ambiguousLocation, locationFinder } from "../ingest-inventory/locate"
import type { Catalogue, CatalogueProduct } from "./catalogue"
import { matcher, type Match } from "./match-product"
import { addStatement, mergeMoney } from "./merge-statements"
import { readMoney } from "./plan-prices"
import type { Member } from "./plan-variant"

/** The statements of a batch that are about one product, which may not be there yet. */
export type Group = { product: CatalogueProduct | undefined; members: Member[] }

/** Why an item can not be applied. */
export type Refusal = { index: number; error: WireError }

function addCount(member: Member, quantity: number | undefined, locationId: string | undefined): void {
  if (quantity !== undefined && locationId !== undefined) {
    member.locationId = locationId
    member.counts.set(locationId, quantity)
  }
}

/** Any error as one of the wire; one that is not meant for the caller is thrown on. */
export function asWireError(error: unknown): WireError {
  if (isWireError(error)) {
    return error
  }
  throw error
}

/** Checks what can be checked of a statement without its siblings, and reads what needs the shop for it. */
function reader(catalogue: Catalogue) {
  const { shop, barcodes } = catalogue
  const locate = locationFinder(shop.locations, shop.defaultLocationId)
  const locationOf = ({ quantity, locationId }: ProductItem) => {
    if (quantity === undefined) {
      return undefined
    }
    const location = locate({ locationId })
    if (location === undefined) {
      throw ambiguousLocation(shop.locations, "inventory.location_id")
    }
    if ("missing" in location) {
      throw new WireError("NOT_FOUND", location.missing)
    }
    return location.id
  }
  return (item: ProductItem, variantId: string | undefined) => {
    const owner = typeof item.barcode === "string" ? barcodes.get(item.barcode) : undefined
    if (owner !== undefined && owner.variant_id !== variantId) {
      throw invalidInput("barcode", `${item.barcode ?? ""} is the bar code of ${owner.sku ?? owner.variant_id} already`)
    }
    return { money: readMoney(item, shop), locationId: locationOf(item) }
  }
}

/**
 * Sorts the statements of a batch by what they are about. Statements of the same SKU, whatever the case of its letters,
 * are taken as one, of which the later decides, unless Odoo means two products by it.
 * @param newId makes the id of a variant that is not there yet
 */
export function groupItems(
  items: readonly BulkProductItem[],
  catalogue: Catalogue,
  newId: (prefix: string) => string
): { groups: Group[]; refusals: Refusal[] } {
  const match = matcher(catalogue)
  const read = reader(catalogue)
  const groups = new Map<string, Group>()
  const claims = new Map<string, { member: Member; groupKey: string }>()
  const barcodes = new Map<string, string>()
  const refusals: Refusal[] = []

  // a product that the batch itself gives to a template, as one that was made in the dashboard
  const adopted = new Map<string, CatalogueProduct>()

  const place = (item: ProductItem, index: number, { product: found, variant }: Match) => {
    const adopter = item.templateId === undefined ? undefined : adopted.get(item.templateId)
    const product = found ?? adopter
    if (product !== undefined && adopter !== undefined && adopter.id !== product.id) {
      throw new WireError("DUPLICATE_SKU", `The SKU ${item.sku} belongs to another product already.`, { sku: item.sku })
    }
    const skuKey = `sku ${item.sku.toLowerCase()}`
    const groupKey = product?.id ?? (item.templateId === undefined ? skuKey : `template ${item.templateId}`)
    const claimKey = variant?.id ?? skuKey
    const claim = claims.get(claimKey)
    if (claim !== undefined) {
      const { member } = claim
      const given = member.statement.odooId
      if (claim.groupKey !== groupKey || (given !== undefined && item.odooId !== undefined && given !== item.odooId)) {
        throw new WireError("DUPLICATE_SKU", `The SKU ${item.sku} belongs to another product of this request.`, { sku: item.sku })
      }
      const { money, locationId } = read(item, variant?.id)
      addStatement(member.statement, item, variant)
      member.money = mergeMoney(member.money, money)
      addCount(member, item.quantity, locationId)
      member.indexes.push(index)
      return
    }
    const holder = typeof item.barcode === "string" ? barcodes.get(item.barcode) : undefined
    if (holder !== undefined) {
      throw invalidInput("barcode", `${item.barcode ?? ""} is the bar code of ${holder} already`)
    }
    const { money, locationId } = read(item, variant?.id)
    // a statement of its own: what was sent stays as it is, because it is planned anew before it is written
    const statement: ProductItem = { sku: item.sku }
    addStatement(statement, item, variant)
    const member: Member = { indexes: [index], statement, variant, id: variant?.id ?? newId("variant"), money, locationId: undefined, counts: new Map() }
    addCount(member, item.quantity, locationId)
    if (typeof item.barcode === "string") {
      barcodes.set(item.barcode, item.sku)
    }
    claims.set(claimKey, { member, groupKey })
    const group = groups.get(groupKey) ?? { product, members: [] }
    group.members.push(member)
    groups.set(groupKey, group)
  }

  /** Does something to an item; what speaks against it becomes a refusal. */
  const attempt = (index: number, work: () => void) => {
    try {
      work()
    } catch (error) {
      refusals.push({ index, error: asWireError(error) })
    }
  }
  const found: { item: ProductItem; index: number; match: Match }[] = []
  items.forEach((item, index) => {
    attempt(index, () => {
      if ("unreadable" in item) {
        throw new WireError("VALIDATION_ERROR", item.unreadable)
      }
      const own = match(item)
      found.push({ item, index, match: own })
      if (item.templateId !== undefined && own.product !== undefined && !adopted.has(item.templateId)) {
        adopted.set(item.templateId, own.product)
      }
    })
  })
  for (const { item, index, match: own } of found) {
    attempt(index, () => {
      place(item, index, own)
    })
  }
  return { groups: [...groups.values()], refusals }
}
