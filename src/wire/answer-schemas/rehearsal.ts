import { z } from "zod"

const inOdoo = z.object({ id: z.int(), name: z.string() })

const lineSchema = z.object({
  key: z.string().describe("the shop's name of the line, which stands in `x_medusa_line_id`"),
  sku: z.string().optional().describe("only lines of articles have one"),
  name: z.string(),
  product_id: z.int().nullable().describe("null where Odoo lacks the product"),
  product_name: z.string().nullable(),
  quantity: z.number(),
  price_unit: z.number().describe("in the major unit; with the tax where the line's taxes are in the price"),
  discount: z.number().describe("in percent"),
  taxes: z.array(z.string()).describe("the names of Odoo's taxes; empty also where Odoo lacks one, and where Odoo chooses them (`odoo.fiscalPositions`)"),
  total: z.number().optional().describe("with tax, in the major unit; Odoo may round the last digit otherwise. Missing where the taxes are not known"),
})

const rehearsalSchema = z.object({
  order: z.object({
    id: z.string(),
    display_id: z.int(),
    total: z.number().describe("in the unit of the option `amountUnit`; all other amounts here are Odoo's, in the major unit"),
    tax_total: z.number().describe("in the unit of the option `amountUnit`"),
    currency_code: z.string(),
  }),
  sale_order: z
    .object({ ...inOdoo.shape, state: z.string().describe("`draft`, `sent`, `sale`, `done` or `cancel`") })
    .nullable()
    .describe("the sale order that the order has; null where it would be made"),
  customer: z.object({
    partner_id: z.int().nullable(),
    name: z.string(),
    action: z.enum(["linked", "found", "would be made", "held"]).describe("`linked`: by the customer's id; `found`: by the e-mail address, or in the sale order"),
  }),
  pricelist: z.object({ id: z.int().nullable(), currency: z.string(), action: z.enum(["found", "would be made", "held"]) }),
  reference: z.string().describe("the customer's reference of the sale order"),
  team: inOdoo.nullable().describe("null where Odoo chooses it"),
  warehouse: inOdoo.nullable().describe("null where Odoo chooses it"),
  payment_term: inOdoo.nullable().describe("null where Odoo chooses it"),
  lines: z.array(lineSchema).describe("all that the sale order is to have, without lines that settle a difference of rounding; none for one that is canceled"),
  confirmed: z.boolean().describe("whether the sale order would be confirmed now"),
  holds: z.array(z.string().min(1)).describe("all that would be held, each in a sentence; empty where the order would go through"),
})

/** The sale order that an order would become. */
export type Rehearsal = z.infer<typeof rehearsalSchema>

/** The answer to `GET /admin/odoo/orders/{id}/rehearse`. */
export const rehearsalAnswerSchema = z.object({ success: z.literal(true), rehearsal: rehearsalSchema })
