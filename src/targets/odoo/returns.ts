import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import type { OdooRecord } from "../../odoo-client"
import { toAmount, type Amount } from "../../wire/money"
import { noteOnce } from "./note-once"
import type { PlannedLine } from "./plan-lines"
import type { SaleOrder } from "./sale-order"
import type { Session } from "./session"
import type { ShopOrder } from "./shop-order"
import { idIn, textOf } from "./values"

/** A return of Medusa's, with its lines. */
type ShopReturn = { id: string; status: string; items: { item_id: string; quantity: unknown; received_quantity?: unknown; damaged_quantity?: unknown }[] }

async function readReturns({ container }: Session, orderId: string): Promise<ShopReturn[]> {
  const { data } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "return",
    fields: ["id", "status", "items.item_id", "items.quantity", "items.received_quantity", "items.damaged_quantity"],
    filters: { order_id: orderId },
  })
  return data.map((row) => row as ShopReturn)
}

/** How many pieces of each product of Odoo's a return brings. */
type Pieces = Map<number, Amount>

function piecesOf(items: ShopReturn["items"], productOf: ReadonlyMap<string, number>, quantityOf: (item: ShopReturn["items"][number]) => Amount): Pieces {
  const pieces: Pieces = new Map()
  for (const item of items) {
    const product = productOf.get(item.item_id)
    if (product !== undefined) {
      pieces.set(product, (pieces.get(product) ?? toAmount(0)).plus(quantityOf(item)))
    }
  }
  return pieces
}

const PICKING = ["name", "state", "x_medusa_return_id", "return_id"]

/** Makes the return of a delivery by Odoo's own wizard, for the pieces that the delivery has. */
async function makeReturn({ client }: Session, delivery: OdooRecord, pieces: Pieces): Promise<number | null> {
  const context = { active_id: delivery.id, active_ids: [delivery.id], active_model: "stock.picking" }
  const [wizard] = (await client.call("stock.return.picking", "create", { vals_list: [{ picking_id: delivery.id }], context })) as number[]
  const lines = await client.searchRead("stock.return.picking.line", { domain: [["wizard_id", "=", wizard]], fields: ["product_id"] })
  let isEmpty = true
  for (const line of lines) {
    const quantity = pieces.get(idIn(line.product_id) ?? 0) ?? toAmount(0)
    isEmpty &&= quantity.isZero()
    await client.call("stock.return.picking.line", "write", { ids: [line.id], vals: { quantity: quantity.toNumber() } })
  }
  if (isEmpty) {
    return null
  }
  // 16 and 17 call it `create_returns`
  const isNewer = await client.call("stock.return.picking", "action_create_returns", { ids: [wizard], context })
  const made = isNewer as { res_id?: number } | null
  return made?.res_id ?? null
}

/** What was delivered of a sale order, the oldest first. */
const deliveriesOf = ({ client }: Session, saleOrder: SaleOrder) =>
  client.searchRead("stock.picking", {
    domain: [["sale_id", "=", saleOrder.id], ["state", "=", "done"], ["picking_type_code", "=", "outgoing"]],
    fields: PICKING,
    order: "id",
  })

/** The return picking of a return among those of some deliveries: a return of goods of several sale orders has one at each. */
async function findReturn({ client }: Session, deliveries: readonly OdooRecord[], returned: ShopReturn): Promise<OdooRecord | undefined> {
  const ofDeliveries = ["return_id", "in", deliveries.map(({ id }) => id)] as const
  return (await client.searchRead("stock.picking", { domain: [["x_medusa_return_id", "=", returned.id], ofDeliveries], fields: PICKING, limit: 1 }))[0]
}

/** The return picking of a return, made where there is none. */
async function keepReturn(session: Session, deliveries: readonly OdooRecord[], returned: ShopReturn, pieces: Pieces): Promise<OdooRecord | undefined> {
  const { client } = session
  const known = await findReturn(session, deliveries, returned)
  if (known !== undefined) {
    return known
  }
  const [delivery] = deliveries
  if (delivery === undefined) {
    return undefined
  }
  // made by an earlier attempt that died before it left its mark
  const [unmarked] = await client.searchRead("stock.picking", {
    domain: [["return_id", "in", deliveries.map(({ id }) => id)], ["x_medusa_return_id", "=", false], ["state", "not in", ["done", "cancel"]], ["create_uid.id", "=", await userOf(session)]],
    fields: PICKING,
    limit: 1,
  })
  const id = unmarked?.id ?? (await makeReturn(session, delivery, pieces))
  if (id !== null) {
    await client.call("stock.picking", "write", { ids: [id], vals: { x_medusa_return_id: returned.id } })
  }
  return await findReturn(session, deliveries, returned)
}

async function userOf({ client }: Session): Promise<number> {
  const { uid } = (await client.call("res.users", "context_get")) as { uid: number }
  return uid
}

/** Puts the received pieces into a return picking and validates it. */
async function receive({ client }: Session, picking: OdooRecord, received: Pieces): Promise<void> {
  const moves = await client.searchRead("stock.move", { domain: [["picking_id", "=", picking.id]], fields: ["product_id"] })
  for (const move of moves) {
    const quantity = received.get(idIn(move.product_id) ?? 0) ?? toAmount(0)
    await client.call("stock.move", "write", { ids: [move.id], vals: { quantity: quantity.toNumber() } })
  }
  await client.call("stock.picking", "button_validate", {
    ids: [picking.id],
    context: { skip_sms: true, skip_backorder: true, picking_ids_not_to_backorder: [picking.id] },
  })
}

/**
 * Brings the return pickings of a sale order up to the shop's returns: a requested return becomes a return picking of the delivery, a
 * received one is validated with what came, and a canceled one is canceled.
 * @param orderId Medusa's id of the order whose returns they are
 * @param lines the lines of the sale order; those of the order's articles have their ids for keys
 */
export async function settleReturns(session: Session, orderId: string, shop: ShopOrder, saleOrder: SaleOrder, lines: readonly PlannedLine[]): Promise<void> {
  const returns = await readReturns(session, orderId)
  if (returns.length === 0) {
    return
  }
  await session.lookups.requireField("stock.picking", "x_medusa_return_id")
  const deliveries = await deliveriesOf(session, saleOrder)
  const products = new Map([...shop.soldProducts, ...lines.map(({ key, productId }) => [key, productId] as const)])
  for (const returned of returns.filter(({ status }) => status !== "open")) {
    const isCanceled = returned.status === "canceled"
    const pieces = piecesOf(returned.items, products, ({ quantity }) => toAmount(quantity))
    const received = piecesOf(returned.items, products, ({ received_quantity: whole, damaged_quantity: damaged }) => toAmount(whole).plus(toAmount(damaged)))
    if (pieces.size === 0) {
      // goods of another sale order
      continue
    }
    const picking = isCanceled ? await findReturn(session, deliveries, returned) : await keepReturn(session, deliveries, returned, pieces)
    if (picking === undefined) {
      if (!isCanceled) {
        await noteOnce(session, saleOrder, returned.id, "A return was requested in the shop, and Odoo has no delivery to return.")
      }
    } else if (["done", "cancel"].includes(textOf(picking.state))) {
      continue
    } else if (isCanceled) {
      await session.client.call("stock.picking", "action_cancel", { ids: [picking.id] })
    } else if (returned.status === "received" || returned.status === "partially_received") {
      await receive(session, picking, received)
    }
  }
}
