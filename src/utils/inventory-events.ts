import * as utils from "@medusajs/framework/utils"

const { InventoryItemWorkflowEvents: ofItems, InventoryLevelWorkflowEvents: ofLevels } = utils as Partial<typeof utils>

/** The names of the events that Medusa's workflows emit of the stock; undefined where a version of Medusa has no such event. */
export const inventoryEvents = { itemCreated: ofItems?.CREATED, levelUpdated: ofLevels?.UPDATED }
