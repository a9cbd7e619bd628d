export { OdooClient, type Domain, type DomainTerm, type LoadResult, type OdooField, type OdooRecord, type SearchInput } from "./client"
export type { OdooConnection, OdooVersion, ProtocolName } from "./connection"
export { withinTime } from "./deadline"
export { isModelMissing, OdooError, type OdooErrorKind } from "./errors"
