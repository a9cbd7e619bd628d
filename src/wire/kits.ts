import { minusQuantity, piecesMade, plusQuantity, timesQuantity } from "./counts"

/** A kit of an order: goods made of stock items, which an item may name instead of the kit. */
export type Kit = {
  /** the SKU under which the kit was sold */
  sku: string
  parts: readonly { sku?: string | null; perPiece: number }[]
  ordered: number
  /** how many kits have not been reported yet */
  open: number
}

/** An item of the request. */
export type NamedGoods = {
  sku: string
  quantity: number
  /** how many pieces of lines with this SKU the item can mean; null where the order has no such line */
  open: number | null
}

/** A quantity of an item that was read as parts of a kit. */
export type PartUse = { item: number; kit: number; part: string; quantity: number }

/** How items were read. Items and kits are identified by their indexes in the input. */
export type KitReading = {
  /** how many of each kit the items make */
  pieces: ReadonlyMap<number, number>
  uses: readonly PartUse[]
  /** how many pieces of each item mean lines of its own SKU */
  direct: ReadonlyMap<number, number>
  /** the parts of each item that make no whole kit, and the kit */
  left: ReadonlyMap<number, { quantity: number; kit: number }>
}

const folded = (sku: string) => sku.trim().toLowerCase()

/** Whether goods have parts with other SKUs than their own. Usually a stock item has the SKU of its variant. */
export const hasPartsOfOtherNames = (names: readonly (string | null | undefined)[], parts: Kit["parts"]): boolean =>
  parts.length > 0 && !parts.some(({ sku }) => names.some((name) => folded(name ?? "") === folded(sku ?? "")))

/** The SKU of a part as the shop spells it: equal, else equal in any case. */
function partCalled(sku: string, kits: readonly Kit[]): string | undefined {
  const names = kits.flatMap(({ parts }) => parts.flatMap((part) => part.sku ?? []))
  return names.find((name) => name === sku) ?? names.find((name) => folded(name) === folded(sku))
}

/** Takes a quantity of a part from the items that name it, in their order. */
function draw(pool: Map<number, { part: string; rest: number }>, part: string, quantity: number): Omit<PartUse, "kit">[] {
  let wanted = quantity
  const drawn: Omit<PartUse, "kit">[] = []
  for (const [item, entry] of pool) {
    const taken = entry.part === part ? Math.min(wanted, entry.rest) : 0
    if (taken > 0) {
      entry.rest = minusQuantity(entry.rest, taken)
      wanted = minusQuantity(wanted, taken)
      drawn.push({ item, part, quantity: taken })
    }
  }
  return drawn
}

/**
 * Reads items that name the parts of a kit, as Odoo's deliveries do: as many whole kits as the parts make, first the open ones
 * and then, for a repeat, those that have left before. Lines with the SKU of the item itself come before kits.
 */
export function readKits(items: readonly NamedGoods[], kits: readonly Kit[]): KitReading {
  const direct = new Map<number, number>()
  const pool = new Map<number, { part: string; rest: number }>()
  const openOf = new Map<string, number>()
  items.forEach(({ sku, quantity, open }, item) => {
    const part = partCalled(sku, kits)
    if (part === undefined) {
      direct.set(item, quantity)
      return
    }
    const room = openOf.get(folded(sku)) ?? open ?? 0
    const own = Math.min(quantity, room)
    openOf.set(folded(sku), minusQuantity(room, own))
    direct.set(item, own)
    pool.set(item, { part, rest: minusQuantity(quantity, own) })
  })
  const pieces = new Map<number, number>()
  const uses: PartUse[] = []
  const has = (name: string) => [...pool.values()].reduce((sum, { part, rest }) => (part === name ? plusQuantity(sum, rest) : sum), 0)
  const make = (kit: Kit, index: number, most: number) => {
    const possible = kit.parts.map(({ sku, perPiece }) => (sku ? piecesMade(has(sku), perPiece, kit.ordered) : 0))
    const made = kit.parts.length === 0 ? 0 : Math.min(most, ...possible)
    if (made > 0) {
      pieces.set(index, plusQuantity(pieces.get(index) ?? 0, made))
      for (const { sku, perPiece } of kit.parts) {
        uses.push(...draw(pool, sku ?? "", timesQuantity(made, perPiece)).map((use) => ({ ...use, kit: index })))
      }
    }
  }
  kits.forEach((kit, index) => make(kit, index, kit.open))
  kits.forEach((kit, index) => make(kit, index, minusQuantity(kit.ordered, pieces.get(index) ?? 0)))
  const left = new Map<number, { quantity: number; kit: number }>()
  for (const [item, { part, rest }] of pool) {
    if (rest > 0 && items[item]?.open !== null) {
      direct.set(item, plusQuantity(direct.get(item) ?? 0, rest))
    } else if (rest > 0) {
      left.set(item, { quantity: rest, kit: kits.findIndex(({ parts }) => parts.some(({ sku }) => sku === part)) })
    }
  }
  return { pieces, uses, direct, left }
}

/** Why parts were left over: "1 of CUP makes no whole TEA-SET (2 CUP, 3 SAUCER)". */
export function leftOfKit(sku: string, quantity: number, kit: Kit | undefined): string {
  const recipe = (kit?.parts ?? []).map((part) => `${String(part.perPiece)} ${part.sku ?? "of an item without a SKU"}`).join(", ")
  return `${String(quantity)} of ${sku} are left, which with the others make no whole ${kit?.sku ?? ""} that was ordered (${recipe})`
}
