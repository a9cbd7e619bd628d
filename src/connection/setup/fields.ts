import type { OdooClient } from "../../odoo-client"
import type { NeededField } from "../needs"
import { ENGLISH, isOdooError, may } from "./ask"
import { GROUPS } from "./groups"
import { NOT_THERE, there, type Finding, type Piece, type Setting, type Work } from "./piece"

/** A field as `fields_get` describes it to every user. */
type Described = { type: string; string: string; manual: boolean }

/** The app of Odoo that brings a model. */
const APPS: Readonly<Record<string, string>> = { "sale.order": "Sales", "sale.order.line": "Sales", "account.move": "Invoicing", "stock.picking": "Inventory" }

const MODEL = "ir.model.fields"

/** What is said where Odoo lacks the whole model. */
const noApp = (model: string): Finding => ({
  state: "needs an administrator",
  detail: `Odoo has no ${model}. An administrator installs the app ${APPS[model] ?? "that brings it"}.`,
})

/** The field as Odoo describes it; undefined where the model has none of that name, null where Odoo has no such model. */
async function describedField(client: OdooClient, { model, name }: NeededField): Promise<Described | undefined | null> {
  try {
    const fields = (await client.call(model, "fields_get", { allfields: [name], attributes: ["type", "string", "manual"], context: ENGLISH })) as Record<string, Described>
    return fields[name]
  } catch (error) {
    if (isOdooError(error, "call")) {
      return null
    }
    throw error
  }
}

async function createField(client: OdooClient, { model, name, label, type, isIndexed }: NeededField): Promise<null> {
  const [found] = await client.searchRead("ir.model", { domain: [["model", "=", model]], fields: ["id"] })
  const values = { model_id: found?.id, name, field_description: label, ttype: type, index: isIndexed, copied: false, store: true }
  await client.call(MODEL, "create", { vals_list: [values], context: ENGLISH })
  return null
}

/** The row of Odoo's own table of fields, which administrators alone read. */
async function rowOf(client: OdooClient, { model, name }: NeededField) {
  const [row] = await client.searchRead(MODEL, { domain: [["model", "=", model], ["name", "=", name]], fields: ["index"], limit: 1 })
  return row
}

/** What an earlier version has made otherwise. */
async function differences(client: OdooClient, field: NeededField, label: string) {
  const row = await rowOf(client, field)
  const values = {
    ...(label === field.label ? {} : { field_description: field.label }),
    ...(field.isIndexed && row?.index !== true ? { index: true } : {}),
  }
  return { id: row?.id, values }
}

async function upgrade(client: OdooClient, field: NeededField, { string: label }: Described): Promise<Finding | Work> {
  const right = { model: MODEL, operation: "write" } as const
  // the work goes on with another label, and slowly without an index: no administrator has to come for that
  const { id, values } = (await may(client, right)) ? await differences(client, field, label) : { id: undefined, values: {} }
  if (id === undefined || Object.keys(values).length === 0) {
    return there()
  }
  return {
    state: "changed",
    detail: `An earlier version has made it with another ${"index" in values ? ("field_description" in values ? "label and without an index" : "index") : "label"}.`,
    right,
    act: async () => {
      await client.call(MODEL, "write", { ids: [id], vals: values, context: ENGLISH })
      return null
    },
  }
}

async function planField(client: OdooClient, field: NeededField): Promise<Finding | Work> {
  const described = await describedField(client, field)
  if (described === null) {
    return noApp(field.model)
  }
  if (described === undefined) {
    return { state: "made", detail: null, right: { model: MODEL, operation: "create" }, act: () => createField(client, field) }
  }
  if (described.type !== field.type) {
    return {
      state: "failed",
      detail: `It is there with the type ${described.type}, and ${field.type} is needed. Rename or delete it in Odoo, and run set-up again.`,
    }
  }
  return described.manual ? await upgrade(client, field, described) : there("An addon of Odoo's brings it.")
}

async function planRemoval(client: OdooClient, field: NeededField): Promise<Finding | Work> {
  const described = await describedField(client, field)
  if (described === null || described === undefined) {
    return NOT_THERE
  }
  if (!described.manual) {
    return there("An addon of Odoo's brings it.")
  }
  return {
    state: "removed",
    detail: "What it held is gone with it.",
    right: { model: MODEL, operation: "unlink" },
    act: async () => {
      const row = await rowOf(client, field)
      await client.call(MODEL, "unlink", { ids: row === undefined ? [] : [row.id] })
      return null
    },
  }
}

/** A field on a model of Odoo's. */
export const fieldPiece = ({ client }: Setting, field: NeededField): Piece => ({
  what: `field ${field.name} of ${field.model}`,
  group: GROUPS.fields,
  setUp: () => planField(client, field),
  remove: () => planRemoval(client, field),
})
