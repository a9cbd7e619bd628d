import type { RecordKind } from "../modules/odoo/types"
import type { RecordType } from "./record-type"

/** The form of a kind, which is used in column values, in names of events and metadata, and in SQL. */
const KIND = /^[a-z][a-z_]{0,62}$/

const types: RecordType[] = []

/**
 * Registers a record type: from now on its records are captured and swept. Odoo is told of the kinds in the order of
 * registration. To be called while Medusa loads the plugin. For a type that is registered after Medusa has loaded its
 * subscribers, no hints arrive, and only the sweep finds its records.
 * @returns removes the record type again
 * @throws Error for a kind with other characters than lower case letters and `_`, and for one that is registered already
 */
export function registerRecordType(type: RecordType): () => void {
  if (!KIND.test(type.kind) || type.source.kind !== type.kind) {
    throw new Error(`odoo: "${type.kind}" can not be a kind of record, or is not the one of its source`)
  }
  if (recordTypeOf(type.kind) !== undefined) {
    throw new Error(`odoo: there is a record type ${type.kind} already`)
  }
  types.push(type)
  return () => {
    types.splice(types.indexOf(type), 1)
  }
}

/** All record types, in the order in which Odoo is told of their records. */
export const recordTypes = (): readonly RecordType[] => [...types]

/** The record type of a kind; undefined for a kind that is not registered. */
export const recordTypeOf = (kind: RecordKind): RecordType | undefined => types.find((type) => type.kind === kind)

/** The record type of a kind. @throws Error for a kind that is not registered */
export function requireRecordType(kind: RecordKind): RecordType {
  const type = recordTypeOf(kind)
  if (type === undefined) {
    throw new Error(`odoo: there is no record type ${kind}`)
  }
  return type
}
