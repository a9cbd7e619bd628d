/**
 * Derives the title of a product from the display name of a variant. Odoo writes the SKU before the name of the template, and the
 * attributes after it: `[SHIRT-M] Shirt (M, Red)` belongs to the template `Shirt`.
 * @param attributes the attributes of the variant; without them the text after the name is kept
 */
export function templateTitle(
  title: string | undefined,
  sku: string,
  attributes: readonly (readonly [option: string, value: string])[] | undefined
): string | undefined {
  if (title === undefined) {
    return undefined
  }
  const name = sku !== "" && title.startsWith(`[${sku}]`) ? title.slice(sku.length + 2).trim() || title : title
  const [, template = "", values = ""] = /^(.*\S)\s*\(([^()]*)\)$/.exec(name) ?? []
  const known = new Set(attributes?.map(([, value]) => value.toLowerCase()))
  return template !== "" && values.split(",").every((value) => known.has(value.trim().toLowerCase())) ? template : name
}
