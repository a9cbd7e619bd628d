import { judgeReply as judge } from "../reply"

const judgeReply = (reply: { status: number; body: string }, kind: "order" | "customer" = "order") => judge(reply, kind)

const wrapped = (members: object) => JSON.stringify({ jsonrpc: "2.0", id: null, ...members })

describe("judgeReply", () => {
  it.each([
    ["a wrapped result", 200, wrapped({ result: { success: true } })],
    ["a bare object", 200, JSON.stringify({ success: true })],
    ["a handler that returned nothing", 200, wrapped({})],
    ["an answer without a body", 204, ""],
    ["an automation webhook", 200, JSON.stringify({ status: "ok" })],
    ["an empty error", 200, wrapped({ error: false, result: { error: null } })],
    ["a result that is not an object", 200, wrapped({ result: true })],
    ["a bare value", 200, "true"],
  ])("takes %s for delivered", (_, status, body) => {
    expect(judgeReply({ status, body })).toEqual({ delivered: true, link: null })
  })

  it.each([
    ["wrapped", wrapped({ result: { success: true, odoo_order_id: 9, odoo_order_name: "S00012" } }), "9", "S00012"],
    ["bare", JSON.stringify({ odoo_order_id: "9", odoo_order_name: false }), "9", null],
    ["with the name beside it", wrapped({ result: { odoo_order_id: [9, "S00012"] } }), "9", null],
  ])("reads what Odoo calls the record, %s", (_, body, odoo_id, odoo_name) => {
    expect(judgeReply({ status: 200, body })).toEqual({ delivered: true, link: { odoo_id, odoo_name } })
  })

  it.each([
    ["an exception behind status 200", 200, wrapped({ error: { code: 0, message: "Odoo Server Error", data: { name: "odoo.exceptions.UserError", message: "no partner", debug: "Traceback" } } }), "rpc_error", "no partner"],
    ["an exception of a programmer's", 200, wrapped({ error: { message: "Odoo Server Error", data: { name: "psycopg2.errors.UniqueViolation", message: "Key (email)=(layla@example.com) already exists. INSERT INTO res_partner" } } }), "rpc_error", "psycopg2.errors.UniqueViolation"],
    ["a session that expired", 200, wrapped({ error: { code: 100, message: "Odoo Session Expired" } }), "rpc_error", "Odoo Session Expired"],
    ["a refusal, wrapped", 200, wrapped({ result: { success: false, error: "Invalid event" } }), "refused", "Invalid event"],
    ["a refusal, bare", 200, JSON.stringify({ success: false, message: "closed" }), "refused", "closed"],
    ["a refusal without a word", 200, JSON.stringify({ success: false }), "refused", null],
    ["a refusal that names a person", 200, JSON.stringify({ error: "no partner for layla@example.com" }), "refused", "no partner for …@…"],
    ["a page of HTML with status 200", 200, "<html>Login</html>", "not_json", null],
    ["a missing database", 404, "<html>", "http", null],
    ["a redirect", 303, "", "http", null],
    ["a server that is down", 502, "<html>Bad Gateway</html>", "http", null],
    ["a refusal with a status", 422, JSON.stringify({ error: "no SKU" }), "http", "no SKU"],
  ])("takes %s for not delivered", (_, status, body, failureClass, reason) => {
    expect(judgeReply({ status, body })).toEqual({
      delivered: false,
      failure: { class: failureClass, message: expect.stringMatching(/^Odoo .*[.?]$/), reason },
    })
  })

  it("reads a customer's id for a customer", () => {
    const body = wrapped({ result: { odoo_customer_id: 4 } })
    expect(judgeReply({ status: 200, body }, "customer")).toEqual({ delivered: true, link: { odoo_id: "4", odoo_name: null } })
  })

  it("says what to do about a missing database and a redirect", () => {
    expect(judgeReply({ status: 404, body: "" })).toMatchObject({ failure: { message: expect.stringContaining("set webhook.database") } })
    expect(judgeReply({ status: 303, body: "" })).toMatchObject({ failure: { message: expect.stringContaining("Set webhook.url") } })
  })

  it.each([
    ["an id that can not be kept", { odoo_order_id: "S\u0000", odoo_order_name: "S1" }, null],
    ["an id that is too long", { odoo_order_id: "x".repeat(3_000) }, null],
    ["an id that is a fraction", { odoo_order_id: 1.5 }, null],
    ["an id that is none", { odoo_order_id: -1 }, null],
    ["the id of a customer", { odoo_order_id: false, odoo_customer_id: 55 }, null],
    ["a name that can not be kept", { odoo_order_id: 7, odoo_order_name: "S\u0000" }, { odoo_id: "7", odoo_name: null }],
    ["half a character in the name", { odoo_order_id: 7, odoo_order_name: "\ud800" }, { odoo_id: "7", odoo_name: null }],
  ])("takes an order for delivered that the reply names oddly: %s", (_, result, link) => {
    expect(judgeReply({ status: 200, body: wrapped({ result: { success: true, ...result } }) })).toEqual({ delivered: true, link })
  })

  it("keeps a reason short, on one line, and without the traceback", () => {
    const body = wrapped({ error: { message: `first\n\u0000second ${"x".repeat(5_000)}`, data: { debug: "Traceback: /home/odoo" } } })
    const verdict = judgeReply({ status: 200, body })
    const reason = verdict.delivered ? null : verdict.failure.reason
    expect(reason).toMatch(/^first second x+…$/)
    expect(reason?.length).toBeLessThan(400)
  })

  it("gives no reason that repeats our secret, another one or a traceback", () => {
    const secret = "whsec_b2xkIHNlY3JldCBvZiBvdXJz"
    const error = `wrong secret ${secret}, api_key=hunter2 Traceback (most recent call last): phone 22220000`
    const verdict = judge({ status: 200, body: JSON.stringify({ success: false, error }) }, "order", [secret])
    expect(JSON.stringify(verdict)).toContain("wrong secret")
    expect(JSON.stringify(verdict)).not.toMatch(/b2xkIHNl|hunter2|22220000/)
  })
})
