import type { MedusaContainer } from "@medusajs/framework/types"

import type { RecordSource } from "../read-model/record-sources/record-source"
import type { KnownSnapshot, NewEvent, Observation, RecordKind, RecordSnapshot, Snapshot } from "../modules/odoo/types"
import type { Hint } from "./hints"

/** A record that is to be compared. The version of its rows was read before the rows themselves. */
export type RecordToCompare = { id: string; sourceVersion: string; known: KnownSnapshot | undefined }

/** A record with the event that tells Odoo that the record was created. */
export type CreatedRecord = { seen: RecordSnapshot; event: NewEvent }

type Metadata = Record<string, unknown>

/** Reads and writes the metadata of a record of Medusa; `write` merges. */
export type MetadataAccess = {
  read: () => Promise<Metadata | null | undefined>
  write: (metadata: Metadata) => Promise<unknown>
}

/** The link of a record in its metadata, where the plugin shows it, and where people and programs may name it. */
export type LinkInMetadata = {
  metadataOf: (container: MedusaContainer, id: string) => MetadataAccess
  /** runs `work` under the lock of the record; without it, `work` runs at once */
  whenFree?: (container: MedusaContainer, id: string, work: () => Promise<void>) => Promise<void>
}

/** The description of a record type. */
type Description = {
  /** the kind in the plugin's tables: lower case letters and `_` */
  kind: RecordKind
  /** the names of the events of such records; the first one of a record is `<kind>.created` */
  events: readonly string[]
  /** the records in Medusa's tables */
  source: RecordSource
  hints: readonly Hint[]
  /** whether a hint alone shows that a record counts; otherwise a record without a snapshot has to be new or confirmed */
  hintsAreProof: boolean
  /** missing where records of this kind are not linked by their metadata */
  link?: LinkInMetadata
}

/** One kind of record: how its records are found, read and compared. Deleted records are left out. */
export type RecordType = Description & {
  /** compares records with their snapshots */
  observe: (container: MedusaContainer, records: readonly RecordToCompare[]) => Promise<Observation[]>
  /** reads the snapshots of records that are older than the plugin */
  readSnapshots: (container: MedusaContainer, records: readonly RecordToCompare[]) => Promise<RecordSnapshot[]>
  /** reads records and makes the events that they were created */
  readCreated: (container: MedusaContainer, records: readonly RecordToCompare[]) => Promise<CreatedRecord[]>
}

/** How a record differs from its snapshot. */
export type Change = {
  event: NewEvent
  /** whether Odoo itself has made the whole change, so that Odoo is not told of it */
  isInbound?: boolean
}

type Load<Document> = (container: MedusaContainer, ids: readonly string[]) => Promise<Document[]>

/**
 * A record type in small pure parts.
 *
 * `Document` is the body of the event `<kind>.created`, and `Comparable` the part of it that is compared. `loadComparable` reads
 * only that part, where this is cheaper.
 */
export type RecordTypeParts<Comparable extends { id: string }, Document extends Comparable> = Description & {
  /** reads a page of records by their ids in one SQL statement, without deleted ones */
  load: Load<Document>
  loadComparable?: Load<Comparable>
  /** the part of a record that is stored to compare with later; without personal data */
  snapshot: (record: Comparable) => Snapshot
  /** the event that a record was created */
  created: (record: Document) => NewEvent
  /** how a record differs from its snapshot; null where it does not */
  compare: (known: KnownSnapshot, record: Comparable) => Change | null
}

type Known = RecordToCompare & { known: KnownSnapshot }

const isKnown = (record: RecordToCompare): record is Known => record.known !== undefined

/** Loads records, and calls `make` with each document and its record. */
async function readEach<D extends { id: string }, R extends RecordToCompare, T>(
  container: MedusaContainer,
  records: readonly R[],
  load: Load<D>,
  make: (document: D, record: R) => T
): Promise<T[]> {
  const byId = new Map(records.map((record) => [record.id, record]))
  const documents = byId.size === 0 ? [] : await load(container, [...byId.keys()])
  return documents.flatMap((document) => {
    const record = byId.get(document.id)
    return record === undefined ? [] : [make(document, record)]
  })
}

/** Makes a record type of its parts. */
export function defineRecordType<Comparable extends { id: string }, Document extends Comparable>(
  parts: RecordTypeParts<Comparable, Document>
): RecordType {
  const { load, loadComparable = load, snapshot, created, compare, ...description } = parts
  const seen = (record: Comparable, { sourceVersion }: RecordToCompare): RecordSnapshot => ({
    record_kind: description.kind,
    record_id: record.id,
    snapshot: snapshot(record),
    source_version: sourceVersion,
  })
  const readCreated: RecordType["readCreated"] = (container, records) =>
    readEach(container, records, load, (document, record) => ({ seen: seen(document, record), event: created(document) }))
  return {
    ...description,
    readCreated,
    readSnapshots: (container, records) => readEach(container, records, loadComparable, seen),
    observe: async (container, records) => {
      const unknown = await readCreated(container, records.filter((record) => !isKnown(record)))
      const known = await readEach(container, records.filter(isKnown), loadComparable, (comparable, record): Observation => {
        const change = compare(record.known, comparable)
        return {
          seen: seen(comparable, record),
          version: record.known.version,
          changed: change !== null,
          event: change?.event ?? null,
          isInbound: change?.isInbound === true,
        }
      })
      return [...unknown.map((made) => ({ ...made, version: null, changed: true })), ...known]
    },
  }
}
