import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { Semaphore } from "async-mutex"

import { ODOO_MODULE } from "../modules/odoo"
import type { OdooOptions } from "../modules/odoo/options"
import type OdooModuleService from "../modules/odoo/service"
import type { Attempted, ClaimedDelivery, Destination, Link } from "../modules/odoo/types"
import { describeError } from "../utils/describe-error"
import { GroupWriter } from "../utils/group-writer"
import { mirrorLinkUnderLock, mirrorOrLog } from "../links/mirror-link"
import { ClaimBuffer, FRESH_MS, MAX_WAIT_MS } from "./claim-buffer"
import { withoutKnown } from "./known-records"
import { attemptedWith } from "./outcome"
import { sendWith, targetOf, type Target } from "./target"
import { writeOutcomes } from "./write-outcomes"

/** How many sent deliveries have which status; all 0 for a call that left the work to a running dispatcher. */
export type DispatchResult = { delivered: number; waiting: number; failed: number }

/**
 * How many deliveries may be begun and not finished, for each one that is sent at once, where the receiver answers quickly.
 * Deliveries whose outcome is not written yet are sent again should this process die.
 */
const MAX_BEGUN = 8

/** A claim that took longer is released. A lease lasts longer than this, the wait in the buffer and an attempt together; milliseconds. */
const STALE_CLAIM_MS = 15_000

/** Where an answer takes longer, a delivery begins only after an earlier one is finished, because writing is no bottleneck; milliseconds. */
const QUICK_ANSWER_MS = 50

/**
 * Sends the due deliveries of one destination until none is left, as many at once as the destination allows. Four activities run
 * concurrently: claiming deliveries ahead, sending, writing outcomes in groups, and mirroring new links into the records'
 * metadata.
 *
 * A written outcome may make the next delivery of its record due, and so may whatever made a caller ask. After both, it claims
 * again. The lease of a claimed delivery that is not begun soon is released. All leases are released when the destination is
 * paused or down, or when outcomes can not be written.
 */
class Dispatcher {
  readonly #result: DispatchResult = { delivered: 0, waiting: 0, failed: 0 }
  readonly #odoo: OdooModuleService
  readonly #claims: ClaimBuffer
  readonly #outcomes: GroupWriter<Attempted>
  readonly #mirrorSlots: Semaphore
  readonly #concurrency: number
  #answersQuickly = false
  #sending = 0
  /** how many deliveries are being sent, or sent and not finished */
  #begun = 0
  #releasing = 0
  #isRechecking = false
  #claimAgain = true
  #wake: () => void = () => undefined

  constructor(
    private readonly container: MedusaContainer,
    private destination: Destination,
    private readonly target: Target,
    private readonly onEnd: () => void
  ) {
    this.#odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
    this.#concurrency = destination.concurrency
    this.#claims = new ClaimBuffer(this.#concurrency, destination.is_odoo ? FRESH_MS : Infinity)
    this.#mirrorSlots = new Semaphore(this.#concurrency)
    this.#outcomes = new GroupWriter(this.#concurrency * MAX_BEGUN, (group) => this.#writeOutcomes(group))
  }

  /** Makes the dispatcher claim again, also while it waits for answers. */
  ask(): void {
    this.#claimAgain = true
    this.#wake()
  }

  /** The same, and the attempts to come follow the destination's settings of now: a long drain must not go on with those of its start. */
  askWith(destination: Destination): void {
    this.destination = destination
    this.ask()
  }

  async run(): Promise<DispatchResult> {
    let failure: Error | undefined
    try {
      while (this.#claimAgain || this.#claims.size + this.#begun + this.#releasing > 0) {
        // created before the claim, so that no wake-up in between is missed
        const woken = new Promise<void>((resolve) => (this.#wake = resolve))
        const wanted = this.#claimAgain ? this.#claims.wanted(this.#free) : 0
        if (wanted > 0) {
          this.#claimAgain = false
          // after an error, running attempts are still awaited: the next dispatcher must not send at the same time
          await this.#claim(wanted).catch((error: unknown) => {
            failure = error instanceof Error ? error : new Error(String(error))
          })
        } else {
          await woken
        }
      }
      if (failure !== undefined) {
        throw failure
      }
      return this.#result
    } finally {
      // synchronously after the last check: no call can find a dispatcher that will not claim again
      this.onEnd()
    }
  }

  get #free(): number {
    const room = this.#concurrency * (this.#answersQuickly ? MAX_BEGUN : 1)
    return Math.min(this.#concurrency - this.#sending, room - this.#begun)
  }

  async #claim(wanted: number): Promise<void> {
    const start = performance.now()
    const claimed = await this.#odoo.outbox.claim(this.destination, wanted)
    const { unknown, known } = await this.#withoutKnown(claimed, false)
    if (performance.now() - start > STALE_CLAIM_MS) {
      // the database was so slow that the leases could end before the attempts do
      this.#release(claimed)
      return
    }
    this.#claims.add(unknown, claimed.length === wanted)
    this.#claimAgain ||= claimed.length === wanted
    this.#release(known)
    this.#begin()
    if (this.#claims.size > 0) {
      // timers count whole milliseconds, and may fire up to one early
      setTimeout(() => {
        this.#release(this.#claims.takeOut("late"))
      }, MAX_WAIT_MS + 1).unref()
    }
  }

  /**
   * Separates the deliveries whose records Odoo has already. Where the look-up fails, each delivery is looked up by itself, so that
   * one failure holds up no other. A failed delivery keeps its lease, and is claimed again when the lease has expired.
   */
  async #withoutKnown(claimed: ClaimedDelivery[], isAgain: boolean): Promise<{ unknown: ClaimedDelivery[]; known: ClaimedDelivery[] }> {
    if (!this.destination.is_odoo || claimed.length === 0) {
      return { unknown: claimed, known: [] }
    }
    try {
      return await withoutKnown(this.container, claimed, isAgain)
    } catch (error) {
      const [only, ...others] = claimed
      if (only !== undefined && others.length === 0) {
        this.container
          .resolve(ContainerRegistrationKeys.LOGGER)
          .error(`odoo: whether Odoo knows ${only.record_kind} ${only.record_id} could not be looked up, it is tried again soon: ${describeError(error)}`)
        return { unknown: [], known: [] }
      }
    }
    const each = await Promise.all(claimed.map((one) => this.#withoutKnown([one], isAgain)))
    return { unknown: each.flatMap(({ unknown }) => unknown), known: each.flatMap(({ known }) => known) }
  }

  /** Begins as many deliveries as there is room for. */
  #begin(): void {
    // a process that was suspended may have deliveries whose leases have expired
    this.#release(this.#claims.takeOut("late"))
    while (this.#free > 0 && this.#claims.size > 0) {
      const delivery = this.#claims.next()
      if (delivery === undefined) {
        void this.#recheckWaiting()
        return
      }
      this.#send(delivery)
    }
  }

  /** Checks the waiting deliveries again, releases those that Odoo no longer needs, and begins others. */
  async #recheckWaiting(): Promise<void> {
    if (this.#isRechecking) {
      return
    }
    this.#isRechecking = true
    const waiting = this.#claims.waiting
    const { unknown, known } = await this.#withoutKnown(waiting, true)
    this.#isRechecking = false
    this.#claims.keep(waiting, unknown)
    this.#release(known)
    this.#begin()
    this.#wake()
  }

  #send(delivery: ClaimedDelivery): void {
    this.#sending += 1
    this.#begun += 1
    void sendWith(this.target, this.container, delivery, this.destination).then((sent) => {
      this.#sending -= 1
      this.#answersQuickly = sent.attempt.duration_ms < QUICK_ANSWER_MS
      this.#outcomes.add(attemptedWith(delivery, sent, this.destination.retry_schedule_ms))
      this.#begin()
      this.#wake()
    })
  }

  async #writeOutcomes(group: readonly Attempted[]): Promise<void> {
    const { deliveries, isPaused, isDown, lost } = await writeOutcomes(this.container, this.destination, group)
    if (isPaused || isDown || lost > 0) {
      // whether the database is reachable shows when the leases are released, and at the next claim
      this.#release(this.#claims.takeOut("all"))
    }
    for (const { delivery, now } of deliveries) {
      if (now.status === "delivered" || now.status === "waiting" || now.status === "failed") {
        this.#result[now.status] += 1
      }
      if (now.link === undefined) {
        this.#begun -= 1
      } else {
        this.#mirror(delivery, now.link)
      }
    }
    this.#begun -= lost
    this.#begin()
    this.ask()
  }

  #mirror(delivery: ClaimedDelivery, link: Link): void {
    void this.#mirrorSlots
      .runExclusive(() =>
        mirrorOrLog(this.container, delivery.record_kind, delivery.record_id, () => mirrorLinkUnderLock(this.container, delivery.record_kind, link))
      )
      .then(() => {
        this.#begun -= 1
        this.#begin()
        this.#wake()
      })
  }

  #release(deliveries: readonly ClaimedDelivery[]): void {
    if (deliveries.length === 0) {
      return
    }
    this.#releasing += 1
    void this.#odoo
      .outbox.release(deliveries)
      .catch((error: unknown) => {
        this.container
          .resolve(ContainerRegistrationKeys.LOGGER)
          .warn(`odoo: ${String(deliveries.length)} deliveries could not be given back, they are due when their leases run out: ${describeError(error)}`)
      })
      .then(() => {
        this.#releasing -= 1
        this.ask()
      })
  }
}

/** The running dispatchers, by the options: these are one object per process, while each workflow step gets another service object. */
const running = new WeakMap<OdooOptions, Map<string, Dispatcher>>()

const NOTHING: DispatchResult = { delivered: 0, waiting: 0, failed: 0 }

/** Sends the due deliveries of a destination, or asks the running dispatcher of this process to claim again. */
async function dispatchTo(container: MedusaContainer, destination: Destination): Promise<DispatchResult> {
  const { options } = container.resolve<OdooModuleService>(ODOO_MODULE)
  const dispatchers = running.get(options) ?? new Map<string, Dispatcher>()
  running.set(options, dispatchers)
  const current = dispatchers.get(destination.id)
  current?.askWith(destination)
  const target = targetOf(destination.kind)
  if (current !== undefined || target?.isReady(container, destination) !== true) {
    return NOTHING
  }
  const dispatcher = new Dispatcher(container, destination, target, () => dispatchers.delete(destination.id))
  dispatchers.set(destination.id, dispatcher)
  return await dispatcher.run()
}

/**
 * Sends the due deliveries of all destinations, independently of each other. A process runs one dispatcher for each destination.
 * A call during a running dispatcher makes it claim again and returns, so that no callers pile up behind a slow receiver.
 * @throws AggregateError after all dispatchers have ended, where several failed; the error itself where one failed
 */
export async function dispatchDue(container: MedusaContainer): Promise<DispatchResult> {
  const destinations = await container.resolve<OdooModuleService>(ODOO_MODULE).outbox.destinations()
  const ends = await Promise.allSettled(destinations.map((destination) => dispatchTo(container, destination)))
  const failures = ends.flatMap((end): unknown[] => (end.status === "rejected" ? [end.reason] : []))
  if (failures.length > 0) {
    throw failures.length === 1 ? failures[0] : new AggregateError(failures, failures.map(describeError).join("; "))
  }
  return ends.reduce((sum, end) => {
    const { delivered, waiting, failed } = end.status === "fulfilled" ? end.value : NOTHING
    return { delivered: sum.delivered + delivered, waiting: sum.waiting + waiting, failed: sum.failed + failed }
  }, NOTHING)
}
