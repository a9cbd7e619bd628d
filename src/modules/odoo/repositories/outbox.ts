import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { randomUUID } from "crypto"

import type { Page } from "../../../database/page"
import { describeError } from "../../../utils/describe-error"
import type { PageRequest } from "../../../wire/list"
import { nextProbeMs } from "../outages"
import { writeAttempts, type WrittenAttempts } from "../write-attempts"
import { claimDeliveries, claimProbe } from "../sql/claim-deliveries"
import { deleteClosedDeliveries } from "../sql/delete-closed-deliveries"
import { selectDestinations, setPaused, upsertDestination } from "../sql/destinations"
import { dismissDelivery } from "../sql/dismiss-delivery"
import { dismissUnwantedDeliveries } from "../sql/dismiss-unwanted-deliveries"
import { insertEvent } from "../sql/insert-event"
import { lockAllRecords, lockRecords, type RecordKey } from "../sql/lock-records"
import { releaseLeases } from "../sql/release-leases"
import { replayDeliveries } from "../sql/replay-deliveries"
import { selectClosedDeliveries } from "../sql/select-closed-deliveries"
import { selectHeldDeliveries } from "../sql/select-held-deliveries"
import { selectAttempts, selectDeliveries } from "../sql/select-delivery"
import { selectDeliveryPage } from "../sql/select-delivery-page"
import { selectDeliverySummaries } from "../sql/select-delivery-summary"
import { updateHeads } from "../sql/update-heads"
import type {
  Attempted,
  AttemptRow,
  ClaimedDelivery,
  ClosedDeliveries,
  DeliveryFilters,
  DeliveryRow,
  DeliverySummary,
  DeliveryWithBody,
  Destination,
  NewEvent,
  ReplayCount,
} from "../types"
import { ODOO, odooDestination } from "../odoo-destination"
import { webhookDestination } from "../webhook-addresses"
import type { RepositoryContext } from "./context"
import { removeAll } from "./remove-all"

/**
 * How long a lease lasts beyond the time-out of an attempt: the wait in the buffer, and writing the outcome on a busy database.
 */
export const LEASE_MARGIN_MS = 30_000

/** The dismissal reason of a delivery that its destination no longer asks for. */
const NOT_ASKED_FOR = "The options webhook.events, webhook.urls and odoo.flows do not ask for this event."

/** Destinations and the deliveries to them. */
export class OutboxRepository {
  #hasKeptDestinations = false

  /**
   * @param isWorker whether this process sends events: a command like `medusa exec` does not, nor an instance that only answers
   *   requests
   */
  constructor(
    private readonly context: RepositoryContext,
    private readonly isWorker: boolean
  ) {}

  /**
   * Updates the destinations from the options, and dismisses deliveries of events that are no longer asked for, so that they do
   * not show as waiting. A process that does not send events may have other options than the shop, such as a script in a shell.
   * It only inserts missing destinations, and changes none.
   */
  async keepDestinations(): Promise<void> {
    const { db, options } = this.context
    await upsertDestination(db, webhookDestination(options.webhook, options.odoo.flows.length > 0), this.isWorker)
    await this.#keepOdoo()
    if (this.isWorker) {
      await this.#dismissUnwanted()
    }
  }

  /**
   * Updates the destination of the direct connection. A shop that carries nothing by it has no such destination, unless it had one
   * before. Where the connection is no longer in the options, events go on to be written, and wait: an environment that lacks a
   * variable by mistake must lose no order.
   */
  async #keepOdoo(): Promise<void> {
    const { db, options, logger } = this.context
    const { flows, connection } = options.odoo
    const isThere = flows.length > 0 || (await selectDestinations(db)).some(({ id }) => id === ODOO)
    if (isThere && connection !== null) {
      await upsertDestination(db, odooDestination(options.odoo), this.isWorker)
    } else if (isThere) {
      logger.warn(
        "odoo: the direct connection to Odoo is no longer in the options, and what is to be told there waits. Set odoo.url, odoo.username and odoo.password, and odoo.flows to none where it is to end."
      )
    }
  }

  /**
   * Calls {@link keepDestinations} during the boot, and later until it has succeeded once. Where migrations are missing, the shop
   * starts all the same, and the log says what to do.
   */
  async openDestinations(): Promise<void> {
    try {
      await this.keepDestinations()
      this.#hasKeptDestinations = true
    } catch (error) {
      this.context.logger.error(
        `odoo: the destinations of events could not be read (${describeError(error)}). Has npx medusa db:migrate run since the plugin was installed or upgraded? Nothing is sent until then.`
      )
    }
  }

  /** The destinations of events. */
  async destinations(): Promise<Destination[]> {
    if (!this.#hasKeptDestinations) {
      await this.openDestinations()
    }
    return await selectDestinations(this.context.db)
  }

  /**
   * Claims due deliveries of a destination under a lease, which lasts longer than the time-out of an attempt. Of a destination
   * that is down, only a due probe is claimed.
   */
  async claim({ id, timeout_ms: timeoutMs }: Pick<Destination, "id" | "timeout_ms">, limit: number): Promise<ClaimedDelivery[]> {
    const claim = { destinationId: id, leaseMs: timeoutMs + LEASE_MARGIN_MS, leaseId: randomUUID() }
    const due = await claimDeliveries(this.context.db, { ...claim, limit })
    return due.length > 0 ? due : await claimProbe(this.context.db, { ...claim, probeMs: nextProbeMs() })
  }

  /** Releases the leases of deliveries that were claimed and not begun. */
  async release(deliveries: readonly ClaimedDelivery[]): Promise<void> {
    await releaseLeases(this.context.db, deliveries)
  }

  /** The ids of those of these claimed deliveries that are still open and under their lease. */
  async held(deliveries: readonly ClaimedDelivery[]): Promise<Set<string>> {
    return new Set(await selectHeldDeliveries(this.context.db, deliveries))
  }

  /**
   * Writes attempts at a destination, their outcomes and the links that the replies name, in one transaction.
   * @returns each attempt with the present status of its delivery, and the present state of the destination. The status is
   *   `delivered` also where the delivery was acknowledged meanwhile, and null where another instance has taken over the lease, so
   *   that nothing was written
   */
  async write(destinationId: string, attempted: readonly Attempted[]): Promise<WrittenAttempts> {
    return await writeAttempts(this.context.db, destinationId, attempted)
  }

  /**
   * Writes an event that one destination alone is told of, though nothing has changed in the shop.
   * @returns whether the event was written: not where the destination does not ask for such events
   */
  async tell(destination: string, record: RecordKey, event: NewEvent): Promise<boolean> {
    return await this.context.db.transaction(async (transaction) => {
      await lockRecords(transaction, [record])
      return await insertEvent(transaction, record, event, undefined, { destination })
    })
  }

  /** Makes deliveries due again ({@link replayDeliveries}), except delivered ones and those with a running attempt. */
  async replay(filters: DeliveryFilters): Promise<ReplayCount[]> {
    return await this.#closeOrOpen(lockAllRecords, async (transaction) => {
      const { counts, moved } = await replayDeliveries(transaction, filters)
      return { moved, result: counts }
    })
  }

  /**
   * Dismisses an open delivery, so that the later ones of its record continue.
   * @returns whether the delivery was dismissed: not where it is closed, or an attempt is running
   */
  async dismiss(delivery: RecordKey & { delivery_id: string }, reason: string): Promise<boolean> {
    const lock = (transaction: Knex.Transaction) => lockRecords(transaction, [delivery])
    return await this.#closeOrOpen(lock, async (transaction) => {
      const isDone = await dismissDelivery(transaction, delivery.delivery_id, reason)
      return { moved: isDone ? [delivery] : [], result: isDone }
    })
  }

  /**
   * Pauses delivery in every instance. Running attempts are completed.
   * @param destination null for all destinations
   * @returns how many destinations there are of that id
   */
  async pause(reason: string | null, destination: string | null = null): Promise<number> {
    return await setPaused(this.context.db, { id: destination, paused: true, reason })
  }

  /** Resumes delivery. @param destination null for all destinations */
  async resume(destination: string | null = null): Promise<number> {
    return await setPaused(this.context.db, { id: destination, paused: false, reason: null })
  }

  /** One page of deliveries, oldest first, without their bodies. */
  async page(filters: DeliveryFilters, request: PageRequest): Promise<Page<DeliveryRow>> {
    return await selectDeliveryPage(this.context.db, filters, request)
  }

  /**
   * The deliveries of an event with its body, that of the oldest destination first; none where there is no such event.
   * @param destination the id of the only destination to read
   */
  async deliveriesOf(eventId: string, destination: string | undefined): Promise<DeliveryWithBody[]> {
    return await selectDeliveries(this.context.db, eventId, destination)
  }

  /** The attempts at a delivery, the first one first. */
  async attemptsAt(deliveryId: string): Promise<AttemptRow[]> {
    return await selectAttempts(this.context.db, deliveryId)
  }

  /** Counts the open deliveries of each destination, and reads the state of the destination. */
  async summarise(): Promise<DeliverySummary[]> {
    return await selectDeliverySummaries(this.context.db)
  }

  /** Counts the stored delivered and dismissed deliveries of each destination. */
  async countClosed(): Promise<ClosedDeliveries[]> {
    return await selectClosedDeliveries(this.context.db)
  }

  /**
   * Dismisses deliveries that are no longer asked for, and removes deliveries that were closed longer ago than the option
   * `retention` says.
   */
  async prune(): Promise<void> {
    await this.#dismissUnwanted()
    await removeAll((limit) => deleteClosedDeliveries(this.context.db, { olderThanMs: this.context.options.retention, limit }))
  }

  /** Runs a change that closes or opens deliveries, and then marks the oldest open delivery of each changed record. */
  async #closeOrOpen<T>(
    lock: (db: Knex.Transaction) => Promise<void>,
    change: (db: Knex.Transaction) => Promise<{ moved: readonly RecordKey[]; result: T }>
  ): Promise<T> {
    return await this.context.db.transaction(async (transaction) => {
      await lock(transaction)
      const { moved, result } = await change(transaction)
      if (moved.length > 0) {
        await updateHeads(transaction, moved)
      }
      return result
    })
  }

  async #dismissUnwanted(): Promise<void> {
    await this.#closeOrOpen(lockAllRecords, async (transaction) => ({
      moved: await dismissUnwantedDeliveries(transaction, NOT_ASKED_FOR),
      result: undefined,
    }))
  }
}
