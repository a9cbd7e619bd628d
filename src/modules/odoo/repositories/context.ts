import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Logger } from "@medusajs/framework/types"

import type { OdooOptions } from "../options"

/** What a repository works with: the database, the options as they are at the moment, and the log. */
export type RepositoryContext = { readonly db: Knex; readonly options: OdooOptions; readonly logger: Logger }
