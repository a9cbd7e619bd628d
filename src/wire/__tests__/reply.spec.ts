import { judgeReply } from "../reply"

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
    ["for a customer", wrapped({ result: { odoo_customer_id: 4 } }), "4", null],
  ])("reads what Odoo calls the record, %s", (_, body, odoo_id, odoo_name) => {
    expect(judgeReply({ status: 200, body })).toEqual({ delivered: true, link: { odoo_id, odoo_name } })
  })

  it.each([
    ["an exception behind status 200", 200, wrapped({ error: { code: 0, message: "Odoo Server Error", data: { message: "no partner", debug: "Traceback" } } }), "rpc_error", "Odoo raised an error: no partner"],
    ["a session that expired", 200, wrapped({ error: { code: 100, message: "Odoo Session Expired" } }), "rpc_error", "Odoo raised an error: Odoo Session Expired"],
    ["a refusal, wrapped", 200, wrapped({ result: { success: false, error: "Invalid event" } }), "refused", "Odoo refused the event: Invalid event"],
    ["a refusal, bare", 200, JSON.stringify({ success: false, message: "closed" }), "refused", "Odoo refused the event: closed"],
    ["an error without a flag", 200, JSON.stringify({ error: "no such company" }), "refused", "Odoo refused the event: no such company"],
    ["a page of HTML with status 200", 200, "<html>Login</html>", "not_json", expect.stringContaining("not in JSON")],
    ["a missing database", 404, "<html>", "http", expect.stringContaining("set webhook.database")],
    ["a redirect", 303, "", "http", expect.stringContaining("a redirect")],
    ["a server that is down", 502, "<html>Bad Gateway</html>", "http", "Odoo answered 502."],
    ["a refusal with a status", 422, JSON.stringify({ error: "no SKU" }), "http", "Odoo answered 422: no SKU."],
  ])("takes %s for not delivered", (_, status, body, failureClass, message) => {
    expect(judgeReply({ status, body })).toEqual({ delivered: false, failure: { class: failureClass, message } })
  })

  it("keeps a reason short, on one line, and without the traceback", () => {
    const body = wrapped({ error: { message: `first\nsecond ${"x".repeat(5_000)}`, data: { debug: "Traceback: /home/odoo" } } })
    const verdict = judgeReply({ status: 200, body })
    const message = verdict.delivered ? "" : verdict.failure.message
    expect(message).toMatch(/^Odoo raised an error: first second x+…$/)
    expect(message.length).toBeLessThan(400)
  })
})
