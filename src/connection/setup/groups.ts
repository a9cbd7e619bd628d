/** The groups of Odoo whose users may make the pieces, as Odoo shows them to an administrator. Odoo 19 has renamed some. */
export const GROUPS = {
  fields: '"Administration / Settings" (in Odoo 19 "Role / Administrator")',
  currencies: '"Administration / Settings" (in Odoo 19 "Role / Administrator") or "Accounting / Administrator"',
  pricelists: '"Sales / Administrator" or "Products / Creation" (in Odoo 19 "Products / Create")',
  products: '"Products / Creation" (in Odoo 19 "Products / Create")',
} as const

/** The sentence that says which group is missing, and what to do. */
export const missingGroup = (group: string) =>
  `The user of the connection lacks the group ${group}. An administrator of Odoo adds it, or set-up is run once with a user who has it.`
