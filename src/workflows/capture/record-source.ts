import type { MedusaContainer } from "@medusajs/framework/types"

import type { KnownState, NewEvent, Observation, RecordKind, RecordState } from "../../modules/odoo/types"

/** A record as it is to be looked at: its mark was taken before anything of it is read. */
export type Look = { id: string; mark: string; known: KnownState | undefined }

/** How the records of one kind are read and compared. */
export type RecordSource = {
  kind: RecordKind
  /** Compares records with how they were last seen; one that is gone is left out. */
  observe: (container: MedusaContainer, looks: readonly Look[]) => Promise<Observation[]>
  /** Reads what is noted of records from before the plugin. */
  readStates: (container: MedusaContainer, looks: readonly Look[]) => Promise<RecordState[]>
  /** Writes the events that records were created, to tell Odoo of some that it was not told of. */
  readCreated: (container: MedusaContainer, looks: readonly Look[]) => Promise<{ state: RecordState; event: NewEvent }[]>
}
