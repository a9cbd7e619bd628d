import { parsedJson } from "../wire/parsed-json"
import { isObject } from "../wire/redact"
import type { OdooConnection, OdooVersion, ProtocolName } from "./connection"
import { OdooError, readFailure } from "./errors"
import type { OdooHttp } from "./http"
import { Json2 } from "./json-2"
import { JsonRpc } from "./json-rpc"
import type { Protocol } from "./protocol"

/** Odoo's version as a text and as numbers: `19.0`, `[19, 0, 0, "final", 0, ""]`; the first of them may be `saas~18`. */
function versionIn(name: unknown, numbers: unknown): OdooVersion | undefined {
  const first: unknown = Array.isArray(numbers) ? numbers[0] : undefined
  const major = Number(String(first).replace(/^\D+/, ""))
  return typeof name === "string" && Number.isInteger(major) && major > 0 ? { name, major } : undefined
}

/**
 * Reads the version of a server, and whether it has JSON-2: only an Odoo with JSON-2 answers `/json/version`.
 * @throws OdooError `not_odoo` where something else answers
 */
export async function readVersion(http: OdooHttp, timeoutMs: number): Promise<{ version: OdooVersion; hasJson2: boolean }> {
  const call = "json/version"
  const newer = await http.ask({ method: "GET", path: "/json/version", call, timeoutMs })
  const said = newer.status === 200 ? parsedJson(newer.body)?.json : undefined
  const version = isObject(said) ? versionIn(said.version, said.version_info) : undefined
  if (version !== undefined) {
    return { version, hasJson2: true }
  }
  const body = { jsonrpc: "2.0", method: "call", id: 1, params: { service: "common", method: "version", args: [] } }
  const older = await http.ask({ method: "POST", path: "/jsonrpc", body, call: "common/version", timeoutMs })
  const json = older.status === 200 ? parsedJson(older.body)?.json : undefined
  const result = isObject(json) && isObject(json.result) ? json.result : {}
  const olderVersion = versionIn(result.server_version, result.server_version_info)
  if (olderVersion === undefined) {
    throw readFailure(older, isObject(json) ? json.error : undefined, "common/version", [])
  }
  return { version: olderVersion, hasJson2: false }
}

/** Makes a JSON-RPC client. JSON-RPC needs the name of the database in each call. */
function jsonRpc(http: OdooHttp, connection: OdooConnection & { timeoutMs: number }): JsonRpc {
  const { database } = connection
  if (database === null) {
    throw new OdooError("database", "common/authenticate", "JSON-RPC needs the name of the database")
  }
  return new JsonRpc(http, { ...connection, database })
}

/** Whether the password is an API key, which JSON-2 accepts. */
async function isKey(protocol: Json2): Promise<boolean> {
  try {
    await protocol.call({ model: "res.users", method: "context_get", parameters: {} })
    return true
  } catch (error) {
    if (error instanceof OdooError && (error.kind === "key" || error.kind === "plan")) {
      return false
    }
    throw error
  }
}

/**
 * Finds the protocol for a server: JSON-2 where Odoo has it and the password is an API key, else JSON-RPC, which accepts passwords and
 * keys.
 * @throws OdooError
 */
export async function findProtocol(http: OdooHttp, connection: OdooConnection & { timeoutMs: number }): Promise<Protocol> {
  const json2 = new Json2(http, connection)
  if (connection.protocol === "json-2") {
    return json2
  }
  const triesJson2 = connection.protocol === undefined && (await readVersion(http, connection.timeoutMs)).hasJson2
  if (triesJson2 && (await isKey(json2))) {
    return json2
  }
  const older = jsonRpc(http, connection)
  await older.signIn()
  return older
}

/** The name of a protocol, for a person. */
export const nameOfProtocol = (protocol: Protocol): ProtocolName => (protocol instanceof Json2 ? "json-2" : "json-rpc")
