import type { Session } from "./session"

/** A record of Odoo's that has a chatter. */
type Noted = { model: "sale.order" | "res.partner"; id: number }

/**
 * Tells the people in Odoo something by a note at a record, once.
 * @param key tells the note from others; it stands at its end
 */
export async function noteOnce({ client }: Session, { model, id }: Noted, key: string, text: string): Promise<void> {
  const known = (await client.call("mail.message", "search_count", {
    domain: [["model", "=", model], ["res_id", "=", id], ["body", "ilike", `(${key})`]],
  })) as number
  if (known === 0) {
    await client.call(model, "message_post", { ids: [id], body: `${text} (${key})` })
  }
}
