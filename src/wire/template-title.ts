/**
 * The title of the product behind a variant. Odoo's display name of a variant has the SKU before the template's name and
 * the values of its attributes behind it, as in `[SHIRT-M] Shirt (M, Red)`, where the template is called `Shirt`.
 * @param attributes what tells the variant from its siblings; without them nothing behind the name is taken for theirs
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
