import { asValue } from "@medusajs/framework/awilix"
import type { LoaderOptions } from "@medusajs/framework/types"

import { resolveOptions } from "../options"

/** The name under which the checked options stand in the module's container. */
export const OPTIONS_KEY = "odooOptions"

/**
 * Checks the options while the host boots. A wrong option stops the boot, before an order could be handled with options that the
 * person did not mean.
 */
export default function optionsLoader({ container, options }: LoaderOptions): Promise<void> {
  // Medusa puts the database connection beside every module's own options
  const { database, ...given } = options ?? {}
  container.register(OPTIONS_KEY, asValue(resolveOptions(typeof database === "object" ? given : { ...given, database })))
  return Promise.resolve()
}
