import { invalidInput, isWireError, WireError } from "../../wire/errors"
import type { BulkProductItem, ProductItem } from "../../wire/product-statement"
import type { Catalogue, CatalogueProduct } from "./catalogue"
import { judgeBarcodes } from "./judge-barcodes"
import { judgeItems } from "./judge-items"
import { matcher, type Match } from "./match-product"
import { addStatement, mergeMoney } from "./merge-statements"
import { readMoney } from "./plan-prices"
import type { Member } from "./plan-variant"

/** The items of a batch about one product; undefined for a new product. */
export type Group = { product: CatalogueProduct | undefined; members: Member[] }

/** Why an item can not be applied. */
export type Refusal = { index: number; error: WireError }

function addCount(member: Member, { quantity, quantityIs = "on_hand", locationId }: ProductItem): void {
  if (quantity !== undefined && locationId !== undefined) {
    member.locationId = locationId
    member.counts.set(locationId, { quantity, quantityIs })
  }
}

/** Returns an error that is meant for the caller, and throws any other error. */
function asWireError(error: unknown): WireError {
  if (isWireError(error)) {
    return error
  }
  throw error
}

type FoundItem = { item: ProductItem; index: number; match: Match }

/** A key for the variant of an item: its id, or the SKU in lower case for a new variant. */
const subjectOf = (item: ProductItem, { variant }: Match) => variant?.id ?? `sku ${item.sku.toLowerCase()}`

/**
 * Decides which variant gets each SKU: present variants come before new ones, and earlier items before later ones.
 * @returns the key of the variant ({@link subjectOf}) by the SKU in lower case
 */
function ownersOfSkus(found: readonly FoundItem[]): Map<string, string> {
  const owners = new Map<string, string>()
  const [present, fresh] = [found.filter(({ match }) => match.variant !== undefined), found.filter(({ match }) => match.variant === undefined)]
  for (const { item, match } of [...present, ...fresh]) {
    const key = item.sku.toLowerCase()
    if (key !== "" && item.lifecycle !== "archive" && !owners.has(key)) {
      owners.set(key, subjectOf(item, match))
    }
  }
  return owners
}

/**
 * Groups the items of a batch by product and variant. Items with the same SKU, in any case of the letters, are merged, and the
 * later one counts, unless they have different ids in Odoo.
 * @param newId makes an id for a new variant
 * @param stuck the items that can not be applied, by index: their variants keep what they have
 */
export function groupItems(
  items: ReadonlyMap<number, BulkProductItem>,
  catalogue: Catalogue,
  newId: (prefix: string) => string,
  stuck: ReadonlySet<number>
): { groups: Group[]; refusals: Refusal[] } {
  const match = matcher(catalogue, items, stuck)
  const groups = new Map<string, Group>()
  const claims = new Map<string, { member: Member; groupKey: string }>()
  const refusals: Refusal[] = []

  // the products that items of this batch assign to a product template
  const adopted = new Map<string, CatalogueProduct>()

  const place = ({ item, index, match }: FoundItem, owners: ReadonlyMap<string, string>) => {
    const { product: present, variant } = match
    if (item.sku === "" && variant === undefined) {
      throw invalidInput("sku", "is needed: no product is linked to this odoo_product_id")
    }
    const adopter = item.templateId === undefined ? undefined : adopted.get(item.templateId)
    const product = present ?? adopter
    if (product !== undefined && adopter !== undefined && adopter.id !== product.id) {
      throw new WireError("DUPLICATE_SKU", `The SKU ${item.sku} belongs to another product already.`, { sku: item.sku })
    }
    const claimKey = subjectOf(item, match)
    const owner = owners.get(item.sku.toLowerCase())
    if (owner !== undefined && owner !== claimKey && item.lifecycle !== "archive") {
      throw new WireError("DUPLICATE_SKU", `The SKU ${item.sku} belongs to another product of this request.`, { sku: item.sku })
    }
    const groupKey = product?.id ?? (item.templateId === undefined ? claimKey : `template ${item.templateId}`)
    const claim = claims.get(claimKey)
    if (claim !== undefined) {
      const { member } = claim
      const given = member.statement.odooId
      if (claim.groupKey !== groupKey || (given !== undefined && item.odooId !== undefined && given !== item.odooId)) {
        throw new WireError("DUPLICATE_SKU", `The SKU ${item.sku} belongs to another product of this request.`, { sku: item.sku })
      }
      const money = readMoney(item, catalogue.shop)
      addStatement(member.statement, item, variant)
      member.money = mergeMoney(member.money, money)
      addCount(member, item)
      member.indexes.push(index)
      return
    }
    const money = readMoney(item, catalogue.shop)
    // a copy: the item is planned again before it is written, and must not change
    const statement: ProductItem = { sku: item.sku }
    addStatement(statement, item, variant)
    const member: Member = { indexes: [index], statement, variant, id: variant?.id ?? newId("variant"), money, locationId: undefined, counts: new Map() }
    addCount(member, item)
    claims.set(claimKey, { member, groupKey })
    const group = groups.get(groupKey) ?? { product, members: [] }
    group.members.push(member)
    groups.set(groupKey, group)
  }

  /** Runs work for an item, and turns an error into a refusal. */
  const attempt = (index: number, work: () => void) => {
    try {
      work()
    } catch (error) {
      refusals.push({ index, error: asWireError(error) })
    }
  }
  const found: FoundItem[] = []
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
  const owners = ownersOfSkus(found)
  for (const each of found) {
    attempt(each.index, () => {
      place(each, owners)
    })
  }
  const members = [...groups.values()].flatMap((group) => group.members)
  const clashing = new Map([...judgeItems(members, catalogue, stuck), ...judgeBarcodes(members, catalogue, stuck)])
  for (const [{ indexes }, error] of clashing) {
    refusals.push(...indexes.map((index) => ({ index, error })))
  }
  const left = [...groups.values()].map(({ product, members }) => ({ product, members: members.filter((member) => !clashing.has(member)) }))
  return { groups: left.filter(({ members }) => members.length > 0), refusals }
}
