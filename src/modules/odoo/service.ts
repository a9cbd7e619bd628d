import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Logger } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaService } from "@medusajs/framework/utils"
import { randomUUID } from "crypto"

import type { Position } from "../../wire/list"
import { digestOf, generateKey, sameDigest } from "./api-key"
import { selectColumnChanges, type ColumnChanges, type DirectTable } from "./direct/columns"
import type { OPTIONS_KEY } from "./loaders/options"
import {
  OdooApiKey,
  OdooAttempt,
  OdooDelivery,
  OdooEvent,
  OdooLink,
  OdooMovement,
  OdooReceipt,
  OdooRecordState,
  OdooRefusal,
  OdooStockRecord,
  OdooStockStatement,
  OdooSweep,
} from "./models"
import type { OdooOptions } from "./options"
import { settleAttempts } from "./settle-attempts"
import { acknowledgeCreated } from "./sql/acknowledge-created"
import { claimEvents } from "./sql/claim-events"
import { deleteClosedEvents } from "./sql/delete-closed-events"
import { deleteExpiredReceipts } from "./sql/delete-expired-receipts"
import { deleteSettledRefusals } from "./sql/delete-settled-refusals"
import { dismissEvent } from "./sql/dismiss-event"
import { giveBackEvents } from "./sql/give-back-events"
import { insertEvent } from "./sql/insert-event"
import { insertRecordStates } from "./sql/insert-record-states"
import { lockRecords } from "./sql/lock-records"
import { dismissRefusal, noteRefusal, settleRefusal } from "./sql/note-refusal"
import { noteSourceMarks, type Compared } from "./sql/note-source-marks"
import { openReceipt, type KeyedRequest } from "./sql/open-receipt"
import { replayEvents } from "./sql/replay-events"
import { selectApiKey } from "./sql/select-api-key"
import { selectClosedEvents, type ClosedEvents } from "./sql/select-closed-events"
import { selectEventSummary, type EventSummary } from "./sql/select-event-summary"
import { selectLinkedRecords } from "./sql/select-linked-records"
import { selectLinks } from "./sql/select-links"
import { selectReceipt } from "./sql/select-receipt"
import { selectRecordStates } from "./sql/select-record-states"
import { releaseReceipt, renewReceipt, settleReceipt } from "./sql/settle-receipt"
import { holdSweep, saveBaseline, selectSweep, settleSweep, takeSweep } from "./sql/sweeps"
import { setPaused } from "./sql/set-paused"
import { touchApiKey } from "./sql/touch-api-key"
import { updateLinkStatus } from "./sql/update-link-status"
import { updateRecordState } from "./sql/update-record-state"
import { updateTold } from "./sql/update-told"
import { upsertLinks } from "./sql/upsert-links"
import type {
  Attempted,
  ClaimedEvent,
  EventFilters,
  KnownState,
  Link,
  NewEvent,
  NewLink,
  NewRefusal,
  Observation,
  Receipt,
  RecordKind,
  RecordState,
  ReplayCount,
  Said,
  Settled,
  Sweep,
} from "./types"

type Dependencies = {
  [OPTIONS_KEY]: OdooOptions
  [ContainerRegistrationKeys.PG_CONNECTION]: Knex
  [ContainerRegistrationKeys.LOGGER]: Logger
}

/**
 * How long past the time-out a lease lasts: what the wait for one's turn and writing the outcome may take on a busy
 * database.
 */
const LEASE_MARGIN_MS = 30_000

/** For how long a request has a key to itself without saying so again; one that has died holds it no longer. */
const RECEIPT_LEASE_MS = 60_000

/** How long Odoo's change of an order may take; a process that died then keeps the order silent no longer. */
const TOLD_LEASE_MS = 120_000

/** How long a page of a sweep may take before another instance goes on with it. */
const SWEEP_LEASE_MS = 30_000

/** How many rows are removed in one statement. */
const ROWS_AT_ONCE = 1000

/** Writes an event, inside the transaction that holds the record's lock; delivered already where Odoo has the record. */
async function writeEvent(transaction: Knex.Transaction, record: RecordState, event: NewEvent): Promise<void> {
  const { record_kind: kind, record_id: recordId } = record
  await insertEvent(transaction, record, event)
  if (event.name === `${kind}.created` && (await selectLinks(transaction, kind, [recordId])).length > 0) {
    await acknowledgeCreated(transaction, [record])
  }
}

/**
 * The plugin's own tables: events and their attempts, what was last seen of a record, its link to Odoo, and the API
 * keys of the Odoo side. Knows nothing of HTTP and nothing of Medusa's other modules.
 */
export default class OdooModuleService extends MedusaService({
  OdooApiKey,
  OdooAttempt,
  OdooDelivery,
  OdooEvent,
  OdooLink,
  OdooMovement,
  OdooReceipt,
  OdooRecordState,
  OdooRefusal,
  OdooStockRecord,
  OdooStockStatement,
  OdooSweep,
}) {
  /** The options as the boot has checked them. */
  readonly options: OdooOptions
  protected readonly db_: Knex
  protected readonly logger_: Logger
  protected columnChanges_: Promise<ColumnChanges> | undefined

  /** What Medusa has this module do while it boots. */
  readonly __hooks = { onApplicationStart: () => this.warnOfColumnChanges() }

  constructor(dependencies: Dependencies, ...rest: unknown[]) {
    super(dependencies, ...rest)
    this.options = dependencies.odooOptions
    this.db_ = dependencies[ContainerRegistrationKeys.PG_CONNECTION]
    this.logger_ = dependencies[ContainerRegistrationKeys.LOGGER]
  }

  /**
   * Whether a table of Medusa's is still the one that our statements write past its service. Where it is not, because
   * another version of Medusa has changed it, the service is used, which is slower and always right. Looked up once.
   */
  async writesDirectly(table: DirectTable): Promise<boolean> {
    return !(await this.columnChanges()).has(table)
  }

  /** What can not be looked up is looked up again the next time. */
  protected async columnChanges(): Promise<ColumnChanges> {
    this.columnChanges_ ??= selectColumnChanges(this.db_)
    try {
      return await this.columnChanges_
    } catch (error) {
      this.columnChanges_ = undefined
      throw error
    }
  }

  /** Says in the log, once while Medusa boots, which tables it has changed. */
  protected async warnOfColumnChanges(): Promise<void> {
    this.columnChanges_ = undefined
    for (const [table, columns] of await this.columnChanges()) {
      this.logger_.warn(
        `odoo: Medusa's table ${table} is not the one that this plugin knows (${columns.join(", ")}). It is written through Medusa's own service, which is slower.`
      )
    }
  }

  /** How these records were last seen, by record id. */
  async statesOf(kind: RecordKind, recordIds: readonly string[]): Promise<Map<string, KnownState>> {
    const states = await selectRecordStates(this.db_, kind, recordIds)
    return new Map(states.map((state) => [state.record_id, state]))
  }

  /**
   * Writes what a record looks like now and what Odoo is to be told of it, in one transaction. Where Odoo has the record
   * already, because it was quicker to pull it, the event that it was created is written as one that needs no sending.
   * @returns false when the record was seen by somebody else meanwhile: nothing was written, and it must be compared anew
   */
  async capture({ state, version, event }: Observation): Promise<boolean> {
    return await this.db_.transaction(async (transaction) => {
      await lockRecords(transaction, [state])
      const isAnnounced = event?.name === `${state.record_kind}.created`
      const written =
        version === null
          ? (await insertRecordStates(transaction, [state], isAnnounced)).length === 1
          : await updateRecordState(transaction, state, version, isAnnounced)
      if (written && event !== null) {
        await writeEvent(transaction, state, event)
      }
      return written
    })
  }

  /**
   * Notes that records were compared, and that Odoo need not be told anything of them.
   * @returns the ids of those for which that holds: the others were seen by somebody else meanwhile
   */
  async noteCompared(kind: RecordKind, compared: readonly Compared[]): Promise<string[]> {
    return compared.length === 0 ? [] : await noteSourceMarks(this.db_, kind, compared)
  }

  /** Notes records from before the plugin, without telling Odoo of them; those that are known already stay as they are. */
  async noteBaseline(states: readonly RecordState[]): Promise<void> {
    if (states.length > 0) {
      await insertRecordStates(this.db_, states, false)
    }
  }

  /**
   * Notes what Odoo itself is making of an order: that is not told back. None ends it.
   * @param told as `status=canceled`
   */
  async noteToldByOdoo(orderId: string, told: readonly string[]): Promise<void> {
    await updateTold(this.db_, orderId, told, TOLD_LEASE_MS)
  }

  /** How far the looking for what no hint told has come. */
  async sweepOf(kind: RecordKind): Promise<Sweep | undefined> {
    return await selectSweep(this.db_, kind)
  }

  /**
   * Takes the sweep of a kind for this process, as long as it keeps holding it.
   * @returns undefined when it is not due, or another instance is at it
   */
  async takeSweep(kind: RecordKind): Promise<Sweep | undefined> {
    return await takeSweep(this.db_, kind, SWEEP_LEASE_MS)
  }

  /** Says that the sweep is still at work; to be called for every page. */
  async holdSweep(kind: RecordKind): Promise<void> {
    await holdSweep(this.db_, kind, SWEEP_LEASE_MS)
  }

  /** Notes up to where what was there before the plugin is noted, the newest first; null when all of it is. */
  async saveBaseline(kind: RecordKind, position: Position | null): Promise<void> {
    await saveBaseline(this.db_, kind, position)
  }

  /** Ends a sweep: what changed before its start has been looked at. */
  async settleSweep(kind: RecordKind, sweep: Sweep, reconciled: boolean): Promise<void> {
    await settleSweep(this.db_, kind, { until: sweep.started_at, reconciled, intervalMs: this.options.sweepInterval })
  }

  /**
   * Takes due events for delivery. Each is ours until its lease runs out, which is some time after an attempt has
   * timed out at the latest.
   */
  async claimEvents(limit: number): Promise<ClaimedEvent[]> {
    return await claimEvents(this.db_, {
      limit,
      leaseMs: this.options.webhook.timeoutMs + LEASE_MARGIN_MS,
      leaseId: randomUUID(),
    })
  }

  /** Gives events back that were claimed and not begun, so that they are due for everybody. */
  async giveBackEvents(events: readonly ClaimedEvent[]): Promise<void> {
    await giveBackEvents(this.db_, events)
  }

  /**
   * Writes attempts, what came of them and, where Odoo named their records, the links, all or nothing.
   * @returns the status that each event has now, in the order given, which is `delivered` as well when it was acknowledged
   *   meanwhile; null when the lease was not ours any more: another instance has taken the event, and nothing was written
   *   of it. Also whether delivery is paused by now
   */
  async settleEvents(attempted: readonly Attempted[]): Promise<{ settled: Settled[]; isPaused: boolean }> {
    return await settleAttempts(this.db_, attempted)
  }

  /**
   * Links a record to Odoo's, because Odoo says that it has it; repeating it is harmless. Odoo is not told any more
   * that the record was created.
   * @returns the link as it stands; undefined when the record is linked to another one and `force` was not given
   */
  async linkRecord({ syncedAt, force, ...link }: NewLink & { syncedAt: Date | null; force: boolean }): Promise<Link | undefined> {
    return await this.db_.transaction(async (transaction) => {
      const record = { record_kind: link.kind, record_id: link.recordId }
      await lockRecords(transaction, [record])
      const [linked] = await upsertLinks(transaction, [link], { syncedAt, force })
      if (linked !== undefined) {
        await acknowledgeCreated(transaction, [record])
      }
      return linked
    })
  }

  /** The links of these records, by record id. */
  async linksOf(kind: RecordKind, recordIds: readonly string[]): Promise<Map<string, Link>> {
    const links = await selectLinks(this.db_, kind, recordIds)
    return new Map(links.map((link) => [link.record_id, link]))
  }

  /** Counts the events that Odoo does not have, and says whether they are sent at all. */
  async summariseEvents(): Promise<EventSummary> {
    return await selectEventSummary(this.db_)
  }

  /** Counts the events that need nothing any more. */
  async countClosedEvents(): Promise<ClosedEvents> {
    return await selectClosedEvents(this.db_)
  }

  /** Tells what an idempotency key stands for, and takes it for this request where it is new (contract 1). */
  async openReceipt(request: KeyedRequest): Promise<Receipt> {
    const open = await openReceipt(this.db_, { ...request, ttlMs: this.options.idempotencyTtl, leaseMs: RECEIPT_LEASE_MS })
    if (open !== undefined) {
      return { state: "new", ...open }
    }
    const receipt = await selectReceipt(this.db_, request)
    if (receipt === undefined) {
      // it was given back between the two statements
      return { state: "at work" }
    }
    if (receipt.fingerprint !== request.fingerprint) {
      return { state: "another body" }
    }
    return receipt.status === null || receipt.body === null
      ? { state: "at work" }
      : { state: "answered", status: receipt.status, body: receipt.body }
  }

  /** Keeps a key that this request has taken for as long again: it is still at work. */
  async renewReceipt(id: string): Promise<void> {
    await renewReceipt(this.db_, id, RECEIPT_LEASE_MS)
  }

  /** Keeps the answer to a key that this request has taken. */
  async settleReceipt(id: string, answer: { status: number; body: string }): Promise<void> {
    await settleReceipt(this.db_, id, answer)
  }

  /** Gives a key back whose request has failed: what it has brought about by then is not brought about again. */
  async releaseReceipt(id: string): Promise<void> {
    await releaseReceipt(this.db_, id)
  }

  /** Removes the receipts that have expired, and what was closed longer ago than the option `retention` says. */
  async prune(): Promise<void> {
    const old = { olderThanMs: this.options.retention, limit: ROWS_AT_ONCE }
    while ((await deleteExpiredReceipts(this.db_, ROWS_AT_ONCE)) === ROWS_AT_ONCE);
    while ((await deleteClosedEvents(this.db_, old)) === ROWS_AT_ONCE);
    while ((await deleteSettledRefusals(this.db_, old)) === ROWS_AT_ONCE);
  }

  /** Makes events due again; none that was delivered or is being sent ({@link replayEvents}). */
  async replayEvents(filters: EventFilters): Promise<ReplayCount[]> {
    return await replayEvents(this.db_, filters)
  }

  /**
   * Gives up an event that was not delivered, so that the later ones of its record go on.
   * @returns whether it was done: not for one that is closed, or being sent at the moment
   */
  async dismissEvent(id: string, reason: string): Promise<boolean> {
    return await dismissEvent(this.db_, id, reason)
  }

  /** Pauses delivery in every instance; what is being sent is sent to its end. */
  async pauseDelivery(reason: string | null): Promise<void> {
    await setPaused(this.db_, { paused: true, reason })
  }

  /** Resumes delivery. */
  async resumeDelivery(): Promise<void> {
    await setPaused(this.db_, { paused: false, reason: null })
  }

  /** Notes what Medusa has refused, for people to see; the same again is counted. */
  async noteRefusal(refusal: NewRefusal): Promise<void> {
    await noteRefusal(this.db_, refusal)
  }

  /** Settles what was refused before and is accepted now. */
  async settleRefusal(said: Said): Promise<void> {
    await settleRefusal(this.db_, said)
  }

  /** Settles a refusal because a person says so. @returns whether it was open */
  async dismissRefusal(id: string, reason: string): Promise<boolean> {
    return await dismissRefusal(this.db_, id, reason)
  }

  /** The ids of the records that Odoo calls so, by its id or by its name. */
  async recordsLinkedTo(kind: RecordKind, called: Parameters<typeof selectLinkedRecords>[2]): Promise<string[]> {
    return await selectLinkedRecords(this.db_, kind, called)
  }

  /**
   * Notes what Odoo says of the state of a record.
   * @returns whether the record is linked; where it is not, nothing was written
   */
  async noteOdooStatus(kind: RecordKind, recordId: string, status: string): Promise<boolean> {
    return await updateLinkStatus(this.db_, kind, recordId, status)
  }

  /**
   * Makes an API key. This is the only time its text can be seen.
   * @param title what it is for, in a person's words
   */
  async generateApiKey(title: string): Promise<{ id: string; key: string }> {
    const { key, redacted } = generateKey()
    const { id } = await this.createOdooApiKeys({ title, redacted, digest: digestOf(key) })
    return { id, key }
  }

  /** Ends a key's life at once. Repeating it keeps the first time. */
  async revokeApiKey(id: string): Promise<void> {
    const key = await this.retrieveOdooApiKey(id)
    if (key.revoked_at === null) {
      await this.updateOdooApiKeys({ id, revoked_at: new Date() })
    }
  }

  /** Tells whether a key opens `/odoo`: the static one from the options, or a generated one that lives. */
  async authenticateApiKey(key: string): Promise<boolean> {
    const digest = digestOf(key)
    if (this.options.apiKey !== null && sameDigest(digest, digestOf(this.options.apiKey))) {
      return true
    }
    const found = await selectApiKey(this.db_, digest)
    if (found === undefined || !sameDigest(digest, found.digest)) {
      return false
    }
    await touchApiKey(this.db_, found.id)
    return true
  }
}
