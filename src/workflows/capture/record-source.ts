import type { MedusaContainer } from "@medusajs/framework/types"

import type { KnownState, NewEvent, Observation, RecordKind, RecordState } from "../../modules/odoo/types"

/** A record as it is to be looked at: its mark was taken before anything of it is read. */
export type Look = { id: string; mark: string; known: KnownState | undefined }

/** A record that is, or is to be, told to Odoo as created. */
export type Created = { state: RecordState; event: NewEvent }

/** How the records of one kind are read and compared. One that is gone is left out. */
export type RecordSource = {
  kind: RecordKind
  /** Compares records with how they were last seen. */
  observe: (container: MedusaContainer, looks: readonly Look[]) => Promise<Observation[]>
  /** Reads what is noted of records from before the plugin. */
  readStates: (container: MedusaContainer, looks: readonly Look[]) => Promise<RecordState[]>
  /** Writes the events that records were created. */
  readCreated: (container: MedusaContainer, looks: readonly Look[]) => Promise<Created[]>
}

/**
 * Reads the documents of records and makes something of each and of how it was last seen.
 * @param read gives the documents of these ids, without those that are gone
 */
export async function readEach<D extends { id: string }, L extends Look, T>(
  looks: readonly L[],
  read: (ids: string[]) => Promise<D[]>,
  make: (document: D, look: L) => T
): Promise<T[]> {
  const byId = new Map(looks.map((look) => [look.id, look]))
  const documents = await read([...byId.keys()])
  return documents.flatMap((document) => {
    const look = byId.get(document.id)
    return look === undefined ? [] : [make(document, look)]
  })
}
