import { addQuantities, minusQuantity } from "../../wire/counts"
import { hasPartsOfOtherNames, leftOfKit, readKits, type Kit } from "../../wire/kits"
import type { ReduceItem } from "../../wire/schemas/reduce"
import { linesOfSku } from "../change-order/lines-of-sku"
import { goodsOf, orderedOf, reportedOf, type StockLedger, type Goods, type OrderLine } from "./stock-ledger"

/** An item of a reduction that names goods of a share, and the stock item whose level is shown in its outcome. */
export type Named = { item: number; quantity: number; itemId: string; perPiece: number }

/** Goods of which a reduction takes pieces, and the items of the reduction that name them. */
export type Share = { found: readonly Goods[]; quantity: number; named: Named[] }

/** How the items of a reduction were read. The numbers are the indexes of the items. */
export type ReductionReading = {
  shares: Share[]
  /** the pieces of an item that could not be assigned to goods, and why */
  left: ReadonlyMap<number, { quantity: number; message: string }>
  /** `unkept`: items whose stock is not managed; `unknown`: items that the order does not have */
  unkept: ReadonlySet<number>
  unknown: ReadonlySet<number>
}

const linesOf = (sku: string, lines: readonly OrderLine[]): OrderLine[] =>
  linesOfSku(lines, sku, (line) => ({ sold: line.sku, present: line.renamedTo }))

const openOf = ({ movements }: StockLedger, goods: Goods) => Math.max(0, minusQuantity(orderedOf(goods), reportedOf(goods, movements)))

const kitOf = (ledger: StockLedger, goods: Goods): Kit => ({
  sku: goods[0]?.sku ?? "",
  parts: goods[0]?.parts ?? [],
  ordered: orderedOf(goods),
  open: openOf(ledger, goods),
})

/** How many pieces an item can mean by its own SKU: the open ones, or, for a repeat, all that were ordered. */
const meant = (ledger: StockLedger, goods: readonly Goods[]) =>
  addQuantities(goods.map((each) => openOf(ledger, each))) || addQuantities(goods.map(orderedOf))

/** Finds the goods of an order that the items of a reduction mean, by their own SKUs or by those of their parts. */
export function readReduction(ledger: StockLedger, items: readonly ReduceItem[]): ReductionReading {
  const all = goodsOf(ledger.lines).filter(([line]) => line !== undefined && hasPartsOfOtherNames([line.sku, line.renamedTo], line.parts))
  const kits = all.map((goods) => kitOf(ledger, goods))
  const lines = items.map(({ sku }) => linesOf(sku, ledger.lines))
  const found = lines.map((own) => goodsOf(own))
  const given = items.map((item, index) => ({ ...item, open: lines[index]?.length ? meant(ledger, found[index] ?? []) : null }))
  const { pieces, uses, direct, left } = readKits(given, kits)
  const shares: Share[] = []
  const [unkept, unknown] = [new Set<number>(), new Set<number>()]
  items.forEach(({ quantity: said }, item) => {
    const part = found[item]?.[0]?.[0]?.parts[0]
    const quantity = direct.get(item) ?? 0
    if (part !== undefined && (quantity > 0 || said === 0)) {
      shares.push({ found: found[item] ?? [], quantity, named: [{ item, quantity, ...part }] })
    } else if (part === undefined && lines[item]?.length) {
      unkept.add(item)
    } else if (part === undefined && direct.has(item) && quantity > 0) {
      unknown.add(item)
    }
  })
  for (const [kit, quantity] of pieces) {
    const goods = all[kit] ?? []
    const named = uses.flatMap((use) => {
      const part = use.kit === kit ? goods[0]?.parts.find(({ sku }) => sku === use.part) : undefined
      return part === undefined ? [] : { item: use.item, quantity: use.quantity, ...part }
    })
    shares.push({ found: [goods], quantity, named })
  }
  const said = [...left].map(([item, { quantity, kit }]) => {
    const message = leftOfKit(items[item]?.sku ?? "", quantity, kits[kit])
    return [item, { quantity, message }] as const
  })
  return { shares, left: new Map(said), unkept, unknown }
}
