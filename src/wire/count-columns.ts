import { invalidInput } from "./errors"
import { isBlank } from "./normalise"

/**
 * The headers of a table of counts, by the member of the wire that a column is: the wire's own names, Odoo's names of
 * fields, and the labels of Odoo's export dialog in English and Arabic (Odoo 19, `product` and `stock`, `i18n/ar.po`).
 */
const HEADERS: Readonly<Record<string, readonly string[]>> = {
  sku: ["sku", "default_code", "internal reference", "مرجع داخلي", "المرجع الداخلي"],
  quantity: ["quantity", "الكمية"],
  qty_available: [
    "qty_available", "quantity on hand", "on hand quantity", "on hand", "الكمية في اليد",
    "inventory_quantity_auto_apply", "inventoried quantity", "الكمية في المخزون",
  ],
  free_qty: [
    "free_qty", "free to use quantity", "free to use", "الكميات المتاحة لاستخدامها", "جاهز للاستخدام",
    "available_quantity", "available quantity", "الكمية المتوفرة",
  ],
  location_id: ["location_id", "location_id/.id"],
  location: [
    "location", "location_id/complete_name", "location_id/display_name", "location_id/id", "location/full location name",
    "location/display name", "الموقع", "الموقع/اسم الموقع بالكامل", "الموقع/اسم العرض",
  ],
  warehouse_name: [
    "warehouse_name", "warehouse_id", "warehouse_id/name", "warehouse", "المستودع", "location_id/warehouse_id",
    "location_id/warehouse_id/name", "location/warehouse", "location/warehouse/warehouse", "الموقع/المستودع",
  ],
}

const MEMBERS = new Map(Object.entries(HEADERS).flatMap(([member, headers]) => headers.map((header) => [header, member] as const)))

/** What the way from a row of stock (`stock.quant`) to its product is called. */
const PRODUCT = /^(?:product_id|product|المنتج)\/(?=[^/]+$)/

/** What leads from a row of stock to the location that it is in. */
const OF_LOCATION = /^(?:location_id|location|الموقع)\//

/** The members by which a row says where it is. */
const PLACES = ["location_id", "location", "warehouse_name"]

/** The columns of which a file has to have one each: what is counted, and how many there are. */
const NEEDED = [["sku", "default_code"], ["quantity", "qty_available", "free_qty"]] as const

/** The members that are counts. */
export const COUNTS: readonly string[] = NEEDED[1]

/** What the columns of a table are. */
export type CountColumns = {
  /** the member that each column is; a header that nobody knows is its own name */
  members: string[]
  /** whether the rows are Odoo's `stock.quant`: parts of a stock, each with a shelf, a lot or an owner of its own */
  areQuants: boolean
}

/**
 * Reads the header of a table of counts.
 * @throws WireError `VALIDATION_ERROR` for one that names no SKU or no quantity, and for one that says of its locations
 *   only what tells none of them: rows of several would be added up
 */
export function readHeader(headers: readonly string[]): CountColumns {
  const names = headers.map((header) => header.toLowerCase().replace(/\s+/g, " ").replace(/ ?\/ ?/g, "/").trim())
  const isOfProduct = (name: string) => MEMBERS.get(name.replace(PRODUCT, "")) === "sku"
  const areQuants = !names.some((name) => MEMBERS.get(name) === "sku") && names.some(isOfProduct)
  const members = names.map((name) => {
    const member = areQuants && isOfProduct(name) ? "sku" : (MEMBERS.get(name) ?? name)
    // what a quant calls its quantity is on hand, whatever the shop's counts are of otherwise
    return areQuants && member === "quantity" ? "qty_available" : member
  })
  for (const wanted of NEEDED) {
    if (!wanted.some((name) => members.includes(name))) {
      throw invalidInput("", `The file has no column ${wanted.join(" or ")}; its columns are ${names.join(", ")}.`)
    }
  }
  const unread = names.filter((name) => OF_LOCATION.test(name) && !MEMBERS.has(name))
  if (areQuants && unread.length > 0 && !PLACES.some((place) => members.includes(place))) {
    throw invalidInput("", `The file has no column that tells its locations, but ${unread.join(", ")}; export Location/Full Location Name too.`)
  }
  return { members, areQuants }
}

/** The heading of a group in an export of Odoo's, with how many rows it has; or a total, in English and Arabic. */
const GROUP = /\S \(\d+\)$/
const TOTAL = /^(?:total|الإجمالي|المجموع)$/i

/**
 * Leaves out the headings of groups, which hold the sum of their rows, and a total at the end. A SKU may look like a
 * heading: such a row is left out only where a column is empty in just those rows.
 */
export function withoutSums(rows: readonly string[][]): string[][] {
  const isHeading = ([label = ""]: readonly string[]) => GROUP.test(label) || TOTAL.test(label)
  const areHeadings = rows[0]?.some((_, column) => column > 0 && rows.every((row) => isBlank(row[column]) === isHeading(row))) ?? false
  return rows.filter((row, index) => !(areHeadings && isHeading(row)) && !(index === rows.length - 1 && TOTAL.test(row[0] ?? "")))
}
