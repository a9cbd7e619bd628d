import type { MovedRow } from "../../modules/odoo/sql/select-movements"
import type { NewMovement } from "../../modules/odoo/sql/insert-movements"
import type { ReduceOutcome } from "../../wire/reduce-answers"
import type { ReduceItem } from "../../wire/schemas/reduce"
import { levelKey } from "../ingest-inventory/plan-stock"
import type { OrderLine } from "./read-order-lines"

/** Where a line's pieces are reserved. */
export type Reservation = { id: string; lineId: string; itemId: string; locationId: string; quantity: number }

export type ReductionInput = {
  items: readonly ReduceItem[]
  lines: readonly OrderLine[]
  moved: readonly MovedRow[]
  reservations: readonly Reservation[]
  /** the stock at an item's location, by `levelKey` */
  stock: ReadonlyMap<string, number>
  /** where a piece leaves from that nobody has reserved; null where that can not be told */
  fallbackLocationId: string | null
}

/** How many pieces of a line have left by reductions. */
export function reducedPieces(line: OrderLine, moved: readonly MovedRow[]): number {
  const pieces = line.parts.map(({ itemId, perPiece }) => {
    const row = moved.find((each) => each.line_item_id === line.id && each.inventory_item_id === itemId)
    return Math.floor((row?.quantity ?? 0) / perPiece)
  })
  return pieces.length === 0 ? 0 : Math.min(...pieces)
}

const sameSku = (one: string, other: string) => one.trim().toLowerCase() === other.toLowerCase()

/** The lines of a SKU: as it is written where there are any, else whatever its case. */
function linesOf(sku: string, lines: readonly OrderLine[]): OrderLine[] {
  const exact = lines.filter((line) => line.sku === sku)
  return exact.length > 0 ? exact : lines.filter((line) => sameSku(line.sku, sku))
}

/** What is planned so far: items of one reduction share it, so that two of one SKU do not take the same pieces. */
type Plan = {
  lines: readonly OrderLine[]
  fallbackLocationId: string | null
  stock: Map<string, number>
  reservations: Reservation[]
  /** how many pieces of each line have not left yet */
  open: Map<string, number>
  movements: NewMovement[]
}

type Allocation = { line: OrderLine; pieces: number }

/** Which lines so many pieces are of, as far as their lines are still open. */
function allocate(plan: Plan, lines: readonly OrderLine[], quantity: number): Allocation[] {
  let rest = quantity
  return lines.flatMap((line) => {
    const pieces = Math.min(rest, plan.open.get(line.id) ?? 0)
    rest -= pieces
    return pieces > 0 ? { line, pieces } : []
  })
}

/**
 * Where the pieces of a line come from: where they are reserved, else the location of last resort.
 * @returns undefined when neither is there
 */
function withdraw(plan: Plan, { line, pieces }: Allocation): NewMovement[] | undefined {
  const movements: NewMovement[] = []
  for (const { itemId, perPiece } of line.parts) {
    let rest = pieces * perPiece
    const take = (locationId: string, quantity: number) => {
      movements.push({ line_item_id: line.id, inventory_item_id: itemId, location_id: locationId, quantity })
      rest -= quantity
    }
    for (const reservation of plan.reservations.filter((each) => each.lineId === line.id && each.itemId === itemId)) {
      const quantity = Math.min(rest, reservation.quantity)
      if (quantity > 0) {
        take(reservation.locationId, quantity)
      }
    }
    if (rest > 0) {
      if (plan.fallbackLocationId === null) {
        return undefined
      }
      take(plan.fallbackLocationId, rest)
    }
  }
  return movements
}

const keyOf = (movement: NewMovement) => levelKey({ itemId: movement.inventory_item_id, locationId: movement.location_id })

/** The stock after some movements; undefined when there is not enough of it. */
function stockAfter(plan: Plan, movements: readonly NewMovement[]): Map<string, number> | undefined {
  const stock = new Map(plan.stock)
  for (const movement of movements) {
    stock.set(keyOf(movement), (stock.get(keyOf(movement)) ?? 0) - movement.quantity)
  }
  return movements.every((movement) => (stock.get(keyOf(movement)) ?? 0) >= 0) ? stock : undefined
}

/** Makes movements part of the plan: what has left is neither reserved nor open any more. */
function settle(plan: Plan, allocations: readonly Allocation[], movements: readonly NewMovement[], stock: Map<string, number>): void {
  plan.stock = stock
  plan.movements.push(...movements)
  for (const { line, pieces } of allocations) {
    plan.open.set(line.id, (plan.open.get(line.id) ?? 0) - pieces)
  }
  for (const movement of movements) {
    const reservation = plan.reservations.find(
      ({ lineId, itemId, locationId, quantity }) =>
        lineId === movement.line_item_id && itemId === movement.inventory_item_id && locationId === movement.location_id && quantity > 0
    )
    if (reservation !== undefined) {
      reservation.quantity -= movement.quantity
    }
  }
}

function reduceItem(plan: Plan, { sku, quantity }: ReduceItem): ReduceOutcome {
  const lines = linesOf(sku, plan.lines).filter(({ parts }) => parts.length > 0)
  const itemId = lines[0]?.parts[0]?.itemId
  if (itemId === undefined) {
    return { sku, status: "not_found", previous_quantity: null, new_quantity: null, reduced_by: 0 }
  }
  const allocations = allocate(plan, lines, quantity)
  const withdrawn = allocations.map((allocation) => withdraw(plan, allocation))
  const movements = withdrawn.flatMap((each) => each ?? [])
  // a line's stock may lie in several places: what is shown is the first that gives something
  const locationId = movements.find((movement) => movement.inventory_item_id === itemId)?.location_id ?? plan.fallbackLocationId
  const shown = levelKey({ itemId, locationId: locationId ?? "" })
  const previous = plan.stock.get(shown) ?? 0
  const unmoved = { sku, previous_quantity: previous, new_quantity: previous, reduced_by: 0 }
  if (allocations.length === 0) {
    return { ...unmoved, status: quantity === 0 ? "reduced" : "already_reduced" }
  }
  const stock = withdrawn.includes(undefined) ? undefined : stockAfter(plan, movements)
  if (stock === undefined) {
    return { ...unmoved, status: "insufficient_stock" }
  }
  settle(plan, allocations, movements, stock)
  const pieces = allocations.reduce((sum, allocation) => sum + allocation.pieces, 0)
  return { ...unmoved, status: "reduced", new_quantity: stock.get(shown) ?? 0, reduced_by: pieces }
}

/**
 * Works out, without writing, what a reduction takes from where. Each line leaves the stock once: what was reduced or
 * fulfilled before does not leave again, and never more than was ordered. An item of the reduction is taken whole, as
 * far as it is open, or not at all.
 */
export function planReduction(input: ReductionInput) {
  const plan: Plan = {
    lines: input.lines,
    fallbackLocationId: input.fallbackLocationId,
    stock: new Map(input.stock),
    reservations: input.reservations.map((reservation) => ({ ...reservation })),
    open: new Map(
      input.lines.map((line) => [line.id, Math.max(0, line.ordered - line.fulfilled - reducedPieces(line, input.moved))])
    ),
    movements: [],
  }
  const outcomes = input.items.map((item) => reduceItem(plan, item))
  return { outcomes, movements: plan.movements, stock: plan.stock }
}
