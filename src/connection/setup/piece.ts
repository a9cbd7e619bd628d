import type { OdooClient } from "../../odoo-client"
import type { SetupState } from "../../wire/answer-schemas/admin"

/** What is said of a piece. */
export type Finding = { state: SetupState; detail: string | null }

/** What the user of the connection must be allowed to do. */
export type Right = { model: string; operation: "create" | "write" | "unlink" }

/** What is to be done to a piece. Nothing is written before `act`. */
export type Work = {
  state: "made" | "changed" | "removed"
  detail: string | null
  right: Right
  /** does the work; gives a finding where it has turned out otherwise than planned */
  act: () => Promise<Finding | null>
}

/** A thing in Odoo that the direct connection needs. */
export type Piece = {
  /** its name, for a person */
  what: string
  /** the group of Odoo whose users may make it, as `GROUPS` says it */
  group: string
  /** finds out what has to be done so that it is there */
  setUp: () => Promise<Finding | Work>
  /** finds out what has to be done so that it is gone */
  remove: () => Promise<Finding | Work>
}

/** What pieces are made of. */
export type Setting = {
  client: OdooClient
  /** the company of the options; undefined where they name none */
  companyId: number | undefined
}

export const isWork = (plan: Finding | Work): plan is Work => "act" in plan

/** A piece that is there. */
export const there = (detail: string | null = null): Finding => ({ state: "there", detail })

/** A piece that is to be removed, and is not there. */
export const NOT_THERE: Finding = { state: "not there", detail: null }
