import { z } from "zod"

import { WIRE_ERROR_STATUS, type WireErrorCode } from "../errors"

const CODES = Object.keys(WIRE_ERROR_STATUS) as WireErrorCode[]

/** The body of every error answer under `/odoo` (contract 1, "Errors"). */
export const errorAnswerSchema = z.object({
  success: z.literal(false),
  error: z.object({
    code: z.enum(CODES),
    message: z.string().min(1).describe("one sentence for people; programs should read `code`"),
    details: z
      .looseObject({
        issues: z
          .array(z.object({ path: z.string().describe("the path of the member, such as `items[3].quantity`"), message: z.string() }))
          .optional()
          .describe("with `VALIDATION_ERROR`: each fault, at most 50"),
      })
      .describe("further members, depending on the error"),
    trace_id: z.string().min(1).describe("the id in the shop's log; also the header `x-trace-id`"),
  }),
})

/** The body of error answers under `/admin`, in Medusa's own form. */
export const adminErrorAnswerSchema = z.object({
  type: z.string().optional().describe("such as `invalid_data` or `not_found`"),
  message: z.string().min(1),
  code: z.string().optional(),
})
