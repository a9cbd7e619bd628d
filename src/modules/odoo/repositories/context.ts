import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Logger } from "@medusajs/framework/types"

import type { OdooOptions } from "../options"

/** The dependencies of a repository: the database, the present options and the log. */
export type RepositoryContext = { readonly db: Knex; readonly options: OdooOptions; readonly logger: Logger }
