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

  const exception = (name: string, message: string, more: object = {}) =>
    wrapped({ error: { code: 0, message: "Odoo Server Error", data: { name, message, arguments: [message], context: {}, debug: "Traceback", ...more } } })

  const failureOf = (status: number, body: string) => {
    const verdict = judgeReply({ status, body })
    if (verdict.delivered) {
      throw new Error("it counts as delivered")
    }
    return verdict.failure
  }

  it("shows what Odoo says of an exception that is made for programmers", () => {
    for (const [name, message] of [
      ["builtins.ValueError", "Expected singleton: res.users()"],
      ["builtins.KeyError", "'sku'"],
      ["builtins.AttributeError", "'NoneType' object has no attribute 'get'"],
      ["builtins.ZeroDivisionError", "division by zero"],
      ["psycopg2.errors.SerializationFailure", "could not serialize access due to concurrent update"],
    ] as const) {
      expect(failureOf(200, exception(name, message)).reason).toBe(`${name}: ${message}`)
    }
    const jsonTwo = JSON.stringify({ name: "builtins.ValueError", message: "Expected singleton: res.users()", arguments: [], debug: "Traceback" })
    expect(failureOf(500, jsonTwo).reason).toBe("builtins.ValueError: Expected singleton: res.users()")
  })

  it("finds that also where Odoo has left the message out: in the arguments, or in the last line of the traceback", () => {
    const traceback = "Traceback (most recent call last):\n  File \"/home/odoo/x.py\", line 7\n    total = int(phone)\nValueError: Expected singleton: res.users()\n"
    for (const more of [{ message: "" }, { message: "", arguments: [] , debug: traceback }, { message: false, arguments: null, debug: traceback }]) {
      expect(failureOf(200, exception("builtins.ValueError", "Expected singleton: res.users()", more)).reason).toBe(
        "builtins.ValueError: Expected singleton: res.users()"
      )
    }
    expect(failureOf(200, exception("builtins.ValueError", "", { debug: "Traceback" })).reason).toBe("builtins.ValueError")
    expect(failureOf(200, wrapped({ error: { message: "Odoo Server Error", data: { debug: traceback } } })).reason).toBe(
      "ValueError: Expected singleton: res.users()"
    )
  })

  it("shows a word in quotes only where it is a name of the code", () => {
    const shown = (message: string) => failureOf(200, exception("builtins.ValueError", message)).reason
    expect(shown("invalid literal for int() with base 10: 'fatima'")).toBe("builtins.ValueError: invalid literal for int() with base 10: '…'")
    expect(shown("Invalid field 'sku' on model 'product.product'")).toBe("builtins.ValueError: Invalid field 'sku' on model 'product.product'")
  })

  it("shows of such an exception no values, no numbers of people, no secrets and no addresses", () => {
    for (const message of [
      "could not convert string to float: '22220000'",
      "invalid literal for int() with base 10: 'Layla Al-Sabah'",
      "can't read 'Layla' of layla@example.com",
      "bad row {'name': 'Layla', 'phone': '22220000'} of +965 2222 0000",
      "no access with api_key=hunter2",
      "wrong value\nTraceback (most recent call last)\n phone = 22220000",
    ]) {
      const { reason } = failureOf(200, exception("builtins.ValueError", message))
      expect(reason).toMatch(/^builtins\.ValueError: /)
      expect(reason).not.toMatch(/Layla|layla|2222|hunter2/)
    }
    const rows = 'duplicate key value violates unique constraint "res_partner_email_uniq"\nDETAIL:  Key (phone)=(22220000) already exists.'
    expect(failureOf(200, exception("psycopg2.errors.UniqueViolation", rows)).reason).toBe(
      'psycopg2.errors.UniqueViolation: duplicate key value violates unique constraint "res_partner_email_uniq"'
    )
  })

  it.each([
    ["a controller with auth='none'", 200, exception("builtins.ValueError", "Expected singleton: res.users()"), "use auth='public', and sudo()"],
    ["the same, caught by the controller", 200, wrapped({ result: { success: false, error: "Expected singleton: res.users()" } }), "use auth='public', and sudo()"],
    ["a controller that wants a user", 200, wrapped({ error: { code: 100, message: "Odoo Session Expired", data: { name: "odoo.http.SessionExpiredException", message: "Session expired" } } }), "auth='public'"],
    ["the same as type='http'", 303, '<!doctype html><title>Redirecting...</title><a href="/web/login?redirect=x">', "auth='public'"],
    ["a login page", 200, "<!DOCTYPE html><html><head><title>Login | My shop</title></head></html>", "auth='public'"],
    ["a missing CSRF token", 400, "<!doctype html><title>400 Bad Request</title><p>Session expired (invalid CSRF token)</p>", "csrf=False"],
    ["a denied access", 200, exception("odoo.exceptions.AccessDenied", "Access Denied"), "auth='public'"],
    ["a missing right", 200, exception("odoo.exceptions.AccessError", "You are not allowed to create 'Contact' records"), "sudo()"],
    ["two changes at once", 200, exception("psycopg2.errors.SerializationFailure", "could not serialize access due to concurrent update"), "next attempt"],
    ["an addon that was not upgraded", 200, exception("psycopg2.errors.UndefinedColumn", "column sale_order.medusa_order_id does not exist\nLINE 1: SELECT"), "odoo -u"],
    ["a record made twice", 200, exception("psycopg2.errors.UniqueViolation", "duplicate key value"), "webhook-id"],
    ["a controller for an older Odoo", 200, exception("builtins.AttributeError", "'Request' object has no attribute 'jsonrequest'"), "get_data()"],
    ["a controller that looks under params", 200, exception("builtins.KeyError", "'params'"), "get_data()"],
    ["a module that is missing", 200, exception("builtins.KeyError", "'sale.order'"), "install the module"],
    ["a field that is gone", 200, exception("builtins.ValueError", "Invalid field 'mobile' in 'res.partner'"), "another version of Odoo"],
    ["no such route, as JSON", 200, wrapped({ error: { code: 404, message: "404: Not Found", data: { name: "werkzeug.exceptions.NotFound", message: "404 Not Found" } } }), "webhook.database"],
    ["several databases", 404, "<!doctype html><title>404 Not Found</title><a href='/web/login'>Sign in</a>", "webhook.database"],
    ["a page of maintenance", 503, "<html><head><title>We are under maintenance</title></head></html>", "pause delivery"],
    ["a route without POST", 405, "<!doctype html><title>405 Method Not Allowed</title>", "methods=['POST']"],
    ["a proxy without Odoo", 502, "<html><head><title>502 Bad Gateway</title></head></html>", "does not run"],
  ])("says what to do about %s", (_, status, body, remedy) => {
    expect(failureOf(status, body).message).toContain(remedy)
  })

  it("says no more than it knows of a refusal in the controller's own words", () => {
    expect(failureOf(200, wrapped({ result: { success: false, error: "No maintenance contract for this user" } })).message).toBe("Odoo refused the event.")
    expect(failureOf(200, exception("odoo.exceptions.UserError", "no partner")).message).toBe("Odoo raised an error. Its log has the traceback.")
  })
})
