import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import type { Db } from "../database/statement"

/** The data of an event of Medusa. */
export type HintData = Readonly<Record<string, unknown>>

/** Events of Medusa after which records have to be compared, because they may have changed. */
export type Hint = {
  /** the names of the events */
  events: readonly string[]
  /** whether the events mean that the records were created just now, whatever their `created_at` says */
  isNew?: boolean
  /** the ids of the records that such an event is about */
  idsOf: (container: MedusaContainer, data: HintData) => Promise<string[]>
}

const firstId = (data: HintData, members: readonly string[]) =>
  members.map((member) => data[member]).find((id) => typeof id === "string")

/** The id in the first of these members that is present: `idIn("order_id", "id")`. */
export const idIn =
  (...members: string[]): Hint["idsOf"] =>
  (_, data) => {
    const id = firstId(data, members)
    return Promise.resolve(id === undefined ? [] : [id])
  }

/** For an event that names another object: the ids of the records that `select` finds by the id of that object. */
export const idsBy =
  (select: (db: Db, id: string) => Promise<string[]>, ...members: string[]): Hint["idsOf"] =>
  (container, data) => {
    const id = firstId(data, members)
    return id === undefined ? Promise.resolve([]) : select(container.resolve(ContainerRegistrationKeys.PG_CONNECTION), id)
  }
