import { z } from "zod"

/** The members of every address; what is not known is an empty string (contract 2). */
export const addressAnswer = {
  first_name: z.string(),
  last_name: z.string(),
  company: z.string(),
  address_1: z.string(),
  address_2: z.string(),
  city: z.string(),
  province: z.string(),
  postal_code: z.string(),
  country_code: z.string(),
  phone: z.string(),
}
