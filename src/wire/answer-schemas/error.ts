import { z } from "zod"

import { WIRE_ERROR_STATUS, type WireErrorCode } from "../errors"

const CODES = Object.keys(WIRE_ERROR_STATUS) as WireErrorCode[]

/** The body of every error answer under `/odoo` (contract 1, "Errors"). */
export const errorAnswerSchema = z.object({
  success: z.literal(false),
  error: z.object({
    code: z.enum(CODES),
    message: z.string().min(1).describe("one sentence for people; programs go by `code`"),
    details: z
      .looseObject({
        issues: z
          .array(z.object({ path: z.string().describe("where it stands, such as `items[3].quantity`"), message: z.string() }))
          .optional()
          .describe("with `VALIDATION_ERROR`: each thing that is wrong, 50 at the most"),
      })
      .describe("what else a program may want to know; its members depend on the case"),
    trace_id: z.string().min(1).describe("under which the shop's log has the rest; also the header `x-trace-id`"),
  }),
})

/** The body of an error answer under `/admin`, which is Medusa's own form. */
export const adminErrorAnswerSchema = z.object({
  type: z.string().optional().describe("such as `invalid_data` or `not_found`"),
  message: z.string().min(1),
  code: z.string().optional(),
})
