/** One line of an order in the model. */
export type ModelLine = { sku: string; ordered: number; fulfilled: number }

type Packed = {
  /** the fulfillment that it is in; several lines may be in one */
  parcel: number
  line: number
  quantity: number
  shipped: boolean
  /** whether nobody has told of it by a tracking number yet: then the next parcel of just its goods is this one */
  unknown: boolean
}

/** Quantities have two decimals at most. */
const exact = (quantity: number) => Math.round(quantity * 100) / 100

const sum = (numbers: readonly number[]) => exact(numbers.reduce((total, number) => total + number, 0))

/** Of how much of a line Medusa makes a fulfillment at least. */
const LEAST = 1

/**
 * What an order's goods should do, in the fewest words: what has left of a SKU is the larger of what Odoo's reductions
 * said and what Medusa has fulfilled; what is open of it is reserved until the order is canceled. Each method says
 * whether the shop is to accept what it stands for.
 */
export class SaleModel {
  canceled = false
  readonly told = new Map<string, number>()
  readonly packed: Packed[] = []
  #parcels = 0

  constructor(readonly lines: ModelLine[]) {}

  private line(index: number): ModelLine {
    const line = this.lines[index]
    if (line === undefined) {
      throw new Error(`the order has no line ${String(index)}`)
    }
    return line
  }

  private of(sku: string): ModelLine[] {
    return this.lines.filter((line) => line.sku === sku)
  }

  ordered(sku: string): number {
    return sum(this.of(sku).map((line) => line.ordered))
  }

  /** How many pieces of a SKU have left. */
  left(sku: string): number {
    return Math.max(this.told.get(sku) ?? 0, sum(this.of(sku).map((line) => line.fulfilled)))
  }

  /** How many pieces of a SKU are still reserved. */
  open(sku: string): number {
    return this.canceled ? 0 : exact(this.ordered(sku) - this.left(sku))
  }

  get skus(): string[] {
    return [...new Set(this.lines.map((line) => line.sku))]
  }

  reduce(sku: string, quantity: number): boolean {
    if (this.canceled) {
      // what has left may be said again
      return this.told.get(sku) === this.ordered(sku)
    }
    this.told.set(sku, Math.min(this.ordered(sku), sum([this.told.get(sku) ?? 0, quantity])))
    return true
  }

  /** A person makes a fulfillment of one line in the dashboard. */
  pack(line: number, quantity: number): boolean {
    const { ordered, fulfilled } = this.line(line)
    if (this.canceled || quantity < LEAST || quantity > exact(ordered - fulfilled)) {
      return false
    }
    this.fulfill(line, quantity, { parcel: (this.#parcels += 1), shipped: false, unknown: true })
    return true
  }

  /** The latest fulfillment that has not been shipped. */
  get waiting(): Packed | undefined {
    return this.packed.findLast(({ shipped }) => !shipped)
  }

  /** A person ships the latest fulfillment that has not been shipped, and may know its tracking number. */
  shipByHand(numbered: boolean): boolean {
    const { waiting } = this
    if (waiting !== undefined) {
      waiting.shipped = true
      waiting.unknown = !numbered
    }
    return waiting !== undefined
  }

  /** Whether a person may put a new line of the same goods in the place of a line. */
  canReplace(line: number): boolean {
    return !this.canceled && this.line(line).fulfilled === 0 && this.line(line).ordered >= LEAST
  }

  /** A person cancels the latest fulfillment that has not been shipped. */
  unpack(): boolean {
    const last = this.packed.findLastIndex(({ shipped }) => !shipped)
    const [taken] = last < 0 ? [] : this.packed.splice(last, 1)
    if (taken !== undefined) {
      this.line(taken.line).fulfilled = exact(this.line(taken.line).fulfilled - taken.quantity)
    }
    return taken !== undefined
  }

  shipAll(): boolean {
    if (this.canceled) {
      return false
    }
    let all = true
    const parcel = (this.#parcels += 1)
    this.lines.forEach(({ ordered, fulfilled }, line) => {
      const open = exact(ordered - fulfilled)
      if (open >= LEAST) {
        this.fulfill(line, open, { parcel, shipped: true, unknown: true })
      } else if (open > 0) {
        all = false
      }
    })
    this.packed.forEach((packed) => (packed.shipped = true))
    return all
  }

  /** A parcel of so many pieces of a SKU, which a person may have shipped before. */
  shipPart(sku: string, quantity: number): boolean {
    const same = this.unknownParcels().find(
      (parcel) => sum(parcel.map((packed) => packed.quantity)) === quantity && parcel.every((packed) => this.line(packed.line).sku === sku)
    )
    if (same !== undefined && !this.canceled) {
      same.forEach((packed) => (packed.unknown = false))
      return true
    }
    const room = exact(this.ordered(sku) - sum(this.of(sku).map((line) => line.fulfilled)))
    // a part of what has been shipped as a whole is no news
    const all = this.lines.every(({ ordered, fulfilled }) => ordered === fulfilled) && this.packed.every(({ shipped }) => shipped)
    if (this.canceled || (room === 0 && !all)) {
      return false
    }
    // of more than is open, what is open leaves
    let rest = all ? 0 : Math.min(quantity, room)
    let done = true
    const parcel = (this.#parcels += 1)
    this.lines.forEach((line, index) => {
      const taken = line.sku === sku ? Math.min(rest, exact(line.ordered - line.fulfilled)) : 0
      rest = exact(rest - taken)
      if (taken >= LEAST) {
        this.fulfill(index, taken, { parcel, shipped: true, unknown: false })
      } else if (taken > 0) {
        done = false
      }
    })
    return done
  }

  deliver(): boolean {
    if (this.canceled) {
      return false
    }
    if (this.packed.length === 0) {
      return this.shipAll()
    }
    this.packed.forEach((packed) => (packed.shipped = true))
    return true
  }

  cancel(): boolean {
    if (this.packed.length > 0) {
      return false
    }
    this.canceled = true
    return true
  }

  /** The fulfillments that have left, and of which nobody has told by a tracking number yet. */
  private unknownParcels(): Packed[][] {
    const left = this.packed.filter(({ shipped, unknown }) => shipped && unknown)
    return [...new Set(left.map(({ parcel }) => parcel))].map((parcel) => left.filter((packed) => packed.parcel === parcel))
  }

  private fulfill(line: number, quantity: number, how: Pick<Packed, "parcel" | "shipped" | "unknown">): void {
    this.line(line).fulfilled = sum([this.line(line).fulfilled, quantity])
    this.packed.push({ line, quantity, ...how })
  }
}
