import { invalidInput } from "./errors"
import { isBlank } from "./normalise"

/**
 * The headers of a file of counts, by the member of the wire that the column holds: the wire's own names, names of Odoo's fields,
 * and labels of Odoo's export dialog in English and Arabic (Odoo 19, `product` and `stock`, `i18n/ar.po`).
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

/** The beginning of a header that leads from a row of stock (`stock.quant`) to a field of its product. */
const PRODUCT = /^(?:product_id|product|المنتج)\/(?=[^/]+$)/

/** The beginning of a header that leads from a row of stock to a field of its location. */
const OF_LOCATION = /^(?:location_id|location|الموقع)\//

/** The members that name the location of a row. */
const PLACES = ["location_id", "location", "warehouse_name"]

/** The columns that a file must have: one of each list, for the SKU and for the count. */
const NEEDED = [["sku", "default_code"], ["quantity", "qty_available", "free_qty"]] as const

/** The members that hold counts. */
export const COUNTS: readonly string[] = NEEDED[1]

/** The columns of a file. */
export type CountColumns = {
  /** the member of the wire of each column; an unknown header stands for itself */
  members: string[]
  /** whether the rows are Odoo's `stock.quant`: parts of a stock, each with its own shelf, lot or owner */
  areQuants: boolean
}

/**
 * Reads the header of a file of counts.
 * @throws WireError `VALIDATION_ERROR` for a header without a SKU or without a count, and for one whose columns of locations name
 *   none: rows of several locations would be added up
 */
export function readHeader(headers: readonly string[]): CountColumns {
  const names = headers.map((header) => header.toLowerCase().replace(/\s+/g, " ").replace(/ ?\/ ?/g, "/").trim())
  const isOfProduct = (name: string) => MEMBERS.get(name.replace(PRODUCT, "")) === "sku"
  const areQuants = !names.some((name) => MEMBERS.get(name) === "sku") && names.some(isOfProduct)
  const members = names.map((name) => {
    const member = areQuants && isOfProduct(name) ? "sku" : (MEMBERS.get(name) ?? name)
    // the quantity of a quant is always the one on hand, whatever the option `quantityIs` says
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

/** The heading of a group in an export of Odoo's, with its number of rows; or that of a total, in English or Arabic. */
const GROUP = /\S \(\d+\)$/
const TOTAL = /^(?:total|الإجمالي|المجموع)$/i

/**
 * Removes the headings of groups, which hold the sums of their rows, and a total at the end. A SKU may look like a heading: such
 * rows are removed only where some column is empty in exactly these rows.
 */
export function withoutSums(rows: readonly string[][]): string[][] {
  const isHeading = ([label = ""]: readonly string[]) => GROUP.test(label) || TOTAL.test(label)
  const areHeadings = rows[0]?.some((_, column) => column > 0 && rows.every((row) => isBlank(row[column]) === isHeading(row))) ?? false
  return rows.filter((row, index) => !(areHeadings && isHeading(row)) && !(index === rows.length - 1 && TOTAL.test(row[0] ?? "")))
}
