import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { ConfigModule, Logger } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaService } from "@medusajs/framework/utils"

import { DEFAULT_SCOPES, type Scope } from "../../wire/scopes"
import { digestOf, generateKey, sameDigest } from "./api-key"
import { bootChecks } from "./boot-checks"
import type { OPTIONS_KEY } from "./loaders/options"
import * as models from "./models"
import type { OdooOptions } from "./options"
import type { RepositoryContext } from "./repositories/context"
import { IdempotencyRepository } from "./repositories/idempotency"
import { LedgerRepository } from "./repositories/ledger"
import { LinkRepository } from "./repositories/links"
import { OutboxRepository } from "./repositories/outbox"
import { RefusalRepository } from "./repositories/refusals"
import { SnapshotRepository } from "./repositories/snapshots"
import { StockRepository } from "./repositories/stock"
import { SweepRepository } from "./repositories/sweeps"
import { selectApiKey } from "./sql/select-api-key"
import { touchApiKey } from "./sql/touch-api-key"

type Dependencies = {
  [OPTIONS_KEY]: OdooOptions
  [ContainerRegistrationKeys.PG_CONNECTION]: Knex
  [ContainerRegistrationKeys.LOGGER]: Logger
  /** without a project where the module is loaded by itself */
  [ContainerRegistrationKeys.CONFIG_MODULE]?: Partial<ConfigModule>
}

/**
 * The service of the plugin's own tables: a repository for each group of tables, and the API keys of the Odoo side. It uses
 * neither HTTP nor Medusa's other modules.
 */
export default class OdooModuleService extends MedusaService(models) {
  /** The options, checked during the boot. */
  readonly options: OdooOptions
  readonly outbox: OutboxRepository
  readonly snapshots: SnapshotRepository
  readonly sweeps: SweepRepository
  readonly links: LinkRepository
  readonly refusals: RefusalRepository
  readonly idempotency: IdempotencyRepository
  readonly ledger: LedgerRepository
  readonly stock: StockRepository
  protected readonly context_: RepositoryContext

  /** The hook that Medusa calls when the application starts. */
  readonly __hooks = {
    onApplicationStart: async () => {
      await this.outbox.openDestinations()
      for (const check of bootChecks()) {
        await check(this.context_)
      }
    },
  }

  constructor(dependencies: Dependencies, ...rest: unknown[]) {
    super(dependencies, ...rest)
    this.options = dependencies.odooOptions
    const optionsNow = () => this.options
    this.context_ = {
      db: dependencies[ContainerRegistrationKeys.PG_CONNECTION],
      logger: dependencies[ContainerRegistrationKeys.LOGGER],
      get options() {
        return optionsNow()
      },
    }
    const isWorker = dependencies[ContainerRegistrationKeys.CONFIG_MODULE]?.projectConfig?.workerMode !== "server"
    this.outbox = new OutboxRepository(this.context_, isWorker)
    this.snapshots = new SnapshotRepository(this.context_)
    this.sweeps = new SweepRepository(this.context_)
    this.links = new LinkRepository(this.context_)
    this.refusals = new RefusalRepository(this.context_)
    this.idempotency = new IdempotencyRepository(this.context_)
    this.ledger = new LedgerRepository(this.context_)
    this.stock = new StockRepository(this.context_)
  }

  /** Dismisses deliveries that are no longer asked for, and removes expired receipts and what was closed before the option `retention`. */
  async prune(): Promise<void> {
    await this.idempotency.prune()
    await this.outbox.prune()
    await this.refusals.prune()
  }

  /**
   * Creates an API key. Its text can be read only now.
   * @param title the purpose of the key, in a person's words
   */
  async generateApiKey(title: string, scopes: readonly Scope[] = DEFAULT_SCOPES): Promise<{ id: string; key: string }> {
    const { key, redacted } = generateKey()
    const { id } = await this.createOdooApiKeys({ title, redacted, digest: digestOf(key), scopes: [...scopes] })
    return { id, key }
  }

  /** Revokes a key at once. A repeat keeps the time of the first call. */
  async revokeApiKey(id: string): Promise<void> {
    const key = await this.retrieveOdooApiKey(id)
    if (key.revoked_at === null) {
      await this.updateOdooApiKeys({ id, revoked_at: new Date() })
    }
  }

  /**
   * The scopes of an API key below `/odoo`: of the static key in the options, or of a generated key that is not revoked.
   * @returns null for a key that is not valid
   */
  async authenticateApiKey(key: string): Promise<readonly Scope[] | null> {
    const digest = digestOf(key)
    if (this.options.apiKey !== null && sameDigest(digest, digestOf(this.options.apiKey))) {
      return DEFAULT_SCOPES
    }
    const found = await selectApiKey(this.context_.db, digest)
    if (found === undefined || !sameDigest(digest, found.digest)) {
      return null
    }
    await touchApiKey(this.context_.db, found.id)
    return found.scopes
  }
}
