import { OdooError, type OdooClient, type OdooErrorKind } from "../../odoo-client"
import { EXTERNAL_IDS } from "../needs"
import type { Finding, Right } from "./piece"

/** English, in which labels are compared and names are written. It is there in every Odoo. */
export const ENGLISH = { lang: "en_US" }

/** With this context archived records are found too. */
export const WITH_ARCHIVED = { active_test: false }

export const isOdooError = (error: unknown, ...kinds: OdooErrorKind[]): error is OdooError => error instanceof OdooError && kinds.includes(error.kind)

/**
 * Whether the user may do something to a model at all. Odoo 18 and later answer `has_access`, older ones `check_access_rights`.
 * @throws OdooError
 */
export async function may(client: OdooClient, { model, operation }: Right): Promise<boolean> {
  try {
    return (await client.call(model, "has_access", { ids: [], operation })) === true
  } catch (error) {
    if (!isOdooError(error, "call")) {
      throw error
    }
    return (await client.call(model, "check_access_rights", { operation, raise_exception: false })) === true
  }
}

/**
 * The id of the record with an external id of the shop's, also of an archived one. Users without rights on `ir.model.data` may
 * ask so.
 * @returns null where there is none
 */
export async function ownRecord(client: OdooClient, externalId: string): Promise<number | null> {
  const name = externalId.slice(EXTERNAL_IDS.length + 1)
  try {
    const [, id] = (await client.call("ir.model.data", "check_object_reference", { module: EXTERNAL_IDS, xml_id: name, context: WITH_ARCHIVED })) as [string, number | false]
    return id === false ? null : id
  } catch (error) {
    // a ValueError, which Odoo does not translate
    if (isOdooError(error, "call") && error.reason?.includes("External ID not found") === true) {
      return null
    }
    throw error
  }
}

/**
 * Makes one record by `load`: once, whoever else makes it at the same time.
 * @param cells by column; the external id is `id`
 * @throws OdooError `validation` with Odoo's words where it refuses
 */
export async function loadOne(client: OdooClient, model: string, cells: Readonly<Record<string, string>>): Promise<void> {
  const result = await client.load(model, Object.keys(cells), [Object.values(cells)], ENGLISH)
  if ("refused" in result) {
    throw new OdooError("validation", `${model}/load`, result.refused.join(" "))
  }
}

/** Archives a record that Odoo needs for others; one that is archived already stays so. */
export async function archive(client: OdooClient, model: string, id: number, isActive: boolean): Promise<Finding> {
  if (!isActive) {
    return { state: "there", detail: "It stays archived, because other records in Odoo use it." }
  }
  await client.call(model, "action_archive", { ids: [id] })
  return { state: "removed", detail: "It is archived, because other records in Odoo use it." }
}

/** Deletes a record; one that Odoo needs for others is archived. */
export async function deleteOrArchive(client: OdooClient, model: string, id: number, isActive: boolean): Promise<Finding | null> {
  try {
    await client.call(model, "unlink", { ids: [id] })
    return null
  } catch (error) {
    if (!isOdooError(error, "validation", "call")) {
      throw error
    }
    return await archive(client, model, id, isActive)
  }
}
