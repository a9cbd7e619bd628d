import { z } from "zod"

import { DEFAULT_SCOPES, SCOPES, type Scope } from "../scopes"

const known: readonly string[] = SCOPES

const isScope = (text: string): text is Scope => known.includes(text)

/** The scopes of a new API key, separated by commas, in any order. */
export const apiKeyOptions = z.object({
  scopes: z
    .string()
    .transform((value, context): Scope[] => {
      const given = value.split(",").map((part) => part.trim())
      const wrong = given.filter((part) => !isScope(part))
      if (wrong.length > 0) {
        context.addIssue({ code: "custom", message: `"${wrong.join(", ")}" is no scope; there are ${SCOPES.join(", ")}` })
        return z.NEVER
      }
      return SCOPES.filter((scope) => given.includes(scope))
    })
    .default([...DEFAULT_SCOPES]),
})
