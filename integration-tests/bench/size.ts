/** How much there is of everything. */
export type Size = {
  /** products in the catalogue, a variant and an inventory item each */
  products: number
  /** inventory items in all, with stock */
  skus: number
  customers: number
  orders: number
  /** SKUs in one push of the stock */
  push: number
  /** products in one push, and how many are created */
  productPush: number
  /** orders, customers and inventory rows on a page */
  page: number
  /** events that wait for Odoo */
  events: number
  /** orders that are placed one after the other */
  placed: number
  /** how long a load of small requests lasts; seconds */
  loadSeconds: number
  /** for how long each does a case's work before it is measured */
  warmUpMs: number
  /** how often each does a case's work */
  turns: number
}

export const SIZES: Readonly<Record<"full" | "small", Size>> = {
  full: {
    products: 20_000, skus: 100_000, customers: 20_000, orders: 100_000, push: 10_000, productPush: 1_000, page: 100,
    events: 10_000, placed: 100, loadSeconds: 5, warmUpMs: 3_000, turns: 5,
  },
  // for correctness: what it measures means nothing
  small: {
    products: 400, skus: 2_000, customers: 100, orders: 500, push: 200, productPush: 40, page: 50,
    events: 200, placed: 5, loadSeconds: 1, warmUpMs: 0, turns: 2,
  },
}
