import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { Semaphore } from "async-mutex"

import { ODOO_MODULE } from "../../modules/odoo"
import type { OdooOptions } from "../../modules/odoo/options"
import type OdooModuleService from "../../modules/odoo/service"
import type { Attempted, ClaimedEvent, Link } from "../../modules/odoo/types"
import { describeError } from "../../utils/describe-error"
import { mirrorLinkUnderLock } from "../link-record/mirror-link"
import { attemptEvent } from "./attempt-event"
import { Claims, MAX_WAIT_MS } from "./claims"
import { GroupWriter } from "../../utils/group-writer"
import { writeOutcomes } from "./write-outcomes"

/** What a drain did; all zeros for a call that left the work to one that was running. */
export type DrainResult = { delivered: number; waiting: number; failed: number }

/**
 * How many events may be begun and not finished, for each one that is posted at once, where Odoo answers quickly. What is
 * answered and not written yet is sent again should this process die.
 */
const MAX_BEGUN = 8

/** Where Odoo takes longer, writing takes little beside it, and no event is begun before an earlier one is finished; milliseconds. */
const QUICK_ANSWER_MS = 50

/**
 * Sends what is due until nothing is, as many events at once as the options allow. Four things go on side by side, and
 * none waits for the others: some events are claimed ahead, some are posted, the outcomes of the last ones are written
 * together, and links that they brought are shown in the records' metadata.
 *
 * An outcome that is written may be what another event of its record waited behind, and being asked again means that
 * something new may be due: after either it looks again. A claimed event that does not get its turn soon is given back;
 * so are all of them when delivery is paused, or when outcomes can not be written.
 */
class Drain {
  readonly #result: DrainResult = { delivered: 0, waiting: 0, failed: 0 }
  readonly #odoo: OdooModuleService
  readonly #claims: Claims
  readonly #outcomes: GroupWriter<Attempted>
  readonly #mirrorSlots: Semaphore
  readonly #concurrency: number
  #answersQuickly = false
  #posting = 0
  /** posted, or being posted, and not finished with */
  #begun = 0
  #givingBack = 0
  #look = true
  #wake: () => void = () => undefined

  constructor(
    private readonly container: MedusaContainer,
    private readonly url: string,
    private readonly onEnd: () => void
  ) {
    this.#odoo = container.resolve<OdooModuleService>(ODOO_MODULE)
    this.#concurrency = this.#odoo.options.webhook.concurrency
    this.#claims = new Claims(this.#concurrency)
    this.#mirrorSlots = new Semaphore(this.#concurrency)
    this.#outcomes = new GroupWriter(this.#concurrency * MAX_BEGUN, (group) => this.#settle(group))
  }

  /** Makes it look again, also while it waits for answers. */
  ask(): void {
    this.#look = true
    this.#wake()
  }

  async run(): Promise<DrainResult> {
    let failure: Error | undefined
    try {
      while (this.#look || this.#claims.size + this.#begun + this.#givingBack > 0) {
        // made before it looks, so that nothing that happens meanwhile is missed
        const woken = new Promise<void>((resolve) => (this.#wake = resolve))
        const wanted = this.#look ? this.#claims.wanted(this.#free) : 0
        if (wanted > 0) {
          this.#look = false
          // what is on its way is waited for all the same, or the next drain would post beside it
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
      // in the same breath as the last look: no call can meet a drain that will not look again
      this.onEnd()
    }
  }

  get #free(): number {
    const room = this.#concurrency * (this.#answersQuickly ? MAX_BEGUN : 1)
    return Math.min(this.#concurrency - this.#posting, room - this.#begun)
  }

  async #claim(wanted: number): Promise<void> {
    const events = await this.#odoo.claimEvents(wanted)
    this.#claims.add(events, events.length === wanted)
    this.#look ||= events.length === wanted
    this.#begin()
    if (this.#claims.size > 0) {
      setTimeout(() => {
        this.#giveBack(this.#claims.takeOut("late"))
      }, MAX_WAIT_MS).unref()
    }
  }

  /** Posts as many as there is room for. */
  #begin(): void {
    // a process that stood still may wake up with events whose leases have run out
    this.#giveBack(this.#claims.takeOut("late"))
    while (this.#free > 0 && this.#claims.size > 0) {
      const event = this.#claims.next()
      if (event !== undefined) {
        this.#post(event)
      }
    }
  }

  #post(event: ClaimedEvent): void {
    this.#posting += 1
    this.#begun += 1
    void attemptEvent(event, this.url, this.#odoo.options.webhook).then((attempted) => {
      this.#posting -= 1
      this.#answersQuickly = attempted.attempt.duration_ms < QUICK_ANSWER_MS
      this.#outcomes.add(attempted)
      this.#begin()
      this.#wake()
    })
  }

  async #settle(group: readonly Attempted[]): Promise<void> {
    const { settled, isPaused, lost } = await writeOutcomes(this.container, group)
    if (isPaused || lost > 0) {
      // whether the database can be reached at all shows when they are given back, and at the next look
      this.#giveBack(this.#claims.takeOut("all"))
    }
    for (const { event, now } of settled) {
      if (now.status !== null) {
        this.#result[now.status] += 1
      }
      if (now.link === undefined) {
        this.#begun -= 1
      } else {
        this.#mirror(event, now.link)
      }
    }
    this.#begun -= lost
    this.#begin()
    this.ask()
  }

  #mirror(event: ClaimedEvent, link: Link): void {
    void this.#mirrorSlots
      .runExclusive(() => mirrorLinkUnderLock(this.container, event.record_kind, link))
      .catch((error: unknown) => {
        this.container
          .resolve(ContainerRegistrationKeys.LOGGER)
          .warn(`odoo: ${event.record_kind} ${event.record_id} is linked, but its metadata does not say so: ${describeError(error)}`)
      })
      .then(() => {
        this.#begun -= 1
        this.#begin()
        this.#wake()
      })
  }

  #giveBack(events: readonly ClaimedEvent[]): void {
    if (events.length === 0) {
      return
    }
    this.#givingBack += 1
    void this.#odoo
      .giveBackEvents(events)
      .catch((error: unknown) => {
        this.container
          .resolve(ContainerRegistrationKeys.LOGGER)
          .warn(`odoo: ${String(events.length)} events could not be given back, they are due when their leases run out: ${describeError(error)}`)
      })
      .then(() => {
        this.#givingBack -= 1
        this.ask()
      })
  }
}

/** By the options and not by the service: a workflow's step is given another wrapper around the service each time. */
const running = new WeakMap<OdooOptions, Drain>()

/**
 * Sends what is due. However often it is called, one drain runs in a process at a time; a call that meets a running
 * one makes it look again and ends at once, so that no callers pile up behind a slow Odoo.
 */
export function drainEvents(container: MedusaContainer): Promise<DrainResult> {
  const { options } = container.resolve<OdooModuleService>(ODOO_MODULE)
  const { url } = options.webhook
  const current = running.get(options)
  current?.ask()
  if (url === null || current !== undefined) {
    return Promise.resolve({ delivered: 0, waiting: 0, failed: 0 })
  }
  const drain = new Drain(container, url, () => running.delete(options))
  running.set(options, drain)
  return drain.run()
}
