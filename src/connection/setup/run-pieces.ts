import type { OdooClient, OdooError } from "../../odoo-client"
import type { SetupState, SetupStep } from "../../wire/answer-schemas/admin"
import { isOdooError, may } from "./ask"
import { missingGroup } from "./groups"
import { isWork, type Finding, type Piece, type Work } from "./piece"

/** What is to be done to all pieces. */
export type SetupMode = { isDryRun: boolean; isRemoval: boolean }

/** What was done, a line a piece. */
export type SetupResult = {
  steps: SetupStep[]
  /** why the rest was not tried: Odoo did not answer, or not to this user; null where all was tried */
  interruption: OdooError | null
}

/** Errors after which the next call would fail too. */
const OUTAGES = ["transport", "timeout", "busy", "maintenance", "not_odoo", "database", "key", "plan"] as const

const isOutage = (error: unknown): error is OdooError => isOdooError(error, ...OUTAGES)

const PLANNED: Readonly<Record<Work["state"], SetupState>> = { made: "would be made", changed: "would be changed", removed: "would be removed" }

/** The error as a person reads it, with Odoo's own words. */
const sentenceOf = ({ message, reason }: OdooError) => (reason === null ? message : `${message} It said: ${reason}`)

async function carryOut(client: OdooClient, piece: Piece, { isDryRun, isRemoval }: SetupMode): Promise<Finding> {
  const plan = isRemoval ? await piece.remove() : await piece.setUp()
  if (!isWork(plan)) {
    return plan
  }
  if (!(await may(client, plan.right))) {
    return { state: "needs an administrator", detail: missingGroup(piece.group) }
  }
  return isDryRun ? { state: PLANNED[plan.state], detail: plan.detail } : ((await plan.act()) ?? { state: plan.state, detail: plan.detail })
}

/** What is said of a piece that has raised an error. @throws every other error than one of Odoo's */
function findingOf(error: unknown, { group }: Piece): Finding {
  if (isOdooError(error, "access")) {
    return { state: "needs an administrator", detail: missingGroup(group) }
  }
  if (isOdooError(error, "missing_record", "validation", "concurrency", "call", ...OUTAGES)) {
    return { state: "failed", detail: sentenceOf(error) }
  }
  throw error
}

/** Sets the pieces up, or removes them, one after the other. What one piece lacks does not keep the next from being tried. */
export async function runPieces(client: OdooClient, pieces: readonly Piece[], mode: SetupMode): Promise<SetupResult> {
  const steps: SetupStep[] = []
  for (const piece of pieces) {
    try {
      steps.push({ what: piece.what, ...(await carryOut(client, piece, mode)) })
    } catch (error) {
      steps.push({ what: piece.what, ...findingOf(error, piece) })
      if (isOutage(error)) {
        return { steps, interruption: error }
      }
    }
  }
  return { steps, interruption: null }
}
