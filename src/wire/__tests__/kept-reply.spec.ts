import { keptReply as keep } from "../kept-reply"

const keptReply = (body: unknown, secrets: string[] = []) => keep(typeof body === "string" ? body : JSON.stringify(body), secrets)

describe("what is kept of an answer", () => {
  it("is nothing where nothing was answered, and a short answer as it came", () => {
    expect(keptReply("")).toBeNull()
    expect(keptReply(" \n ")).toBeNull()
    expect(keptReply({ jsonrpc: "2.0", id: null, result: { success: true, odoo_order_id: 9 } })).toBe(
      '{"jsonrpc":"2.0","id":null,"result":{"success":true,"odoo_order_id":9}}'
    )
    expect(keptReply("Not today.")).toBe("Not today.")
  })

  it("has no traceback, no arguments and no context of an exception, wherever they stand", () => {
    const data = { name: "odoo.exceptions.UserError", message: "no such partner", debug: "Traceback: /home/odoo", arguments: ["x"], context: { uid: 2 } }
    expect(keptReply({ error: { code: 0, message: "Odoo Server Error", data } })).toBe(
      '{"error":{"code":0,"message":"Odoo Server Error","data":{"name":"odoo.exceptions.UserError","message":"no such partner"}}}'
    )
    expect(keptReply(data)).toBe('{"name":"odoo.exceptions.UserError","message":"no such partner"}')
  })

  it("does not repeat what an exception made for programmers quotes of the database", () => {
    const data = { name: "psycopg2.errors.UniqueViolation", message: "Key (phone)=(22220000) already exists. INSERT INTO res_partner", debug: "" }
    const kept = keptReply({ error: { data } })
    expect(kept).toContain("psycopg2.errors.UniqueViolation")
    expect(kept).not.toContain("22220000")
  })

  it("shows what an exception made for programmers says, without the values that it quotes", () => {
    const data = { name: "builtins.ValueError", message: "Expected singleton: res.users(), not 'Layla'", debug: "Traceback" }
    const kept = keptReply({ error: { data } })
    expect(kept).toContain("Expected singleton: res.users()")
    expect(kept).not.toContain("Layla")
  })

  it.each(["password", "db_password", "access_token", "apiKey", "API-KEY", "client_secret", "session_id", "Authorization", "set-cookie"])(
    "has no secret under the name %s, in JSON or in a text",
    (name) => {
      expect(keptReply({ result: { [name]: "hunter2", also: { [name]: { deep: "hunter2" } } } })).not.toContain("hunter2")
      expect(keptReply(`failed with ${name}=hunter2`)).not.toContain("hunter2")
      expect(keptReply({ message: `failed with ${name}: Bearer hunter2` })).not.toContain("hunter2")
    }
  )

  it("has none of our own secrets, wherever the answer repeats them", () => {
    const secrets = ["whsec_b2xkIHNlY3JldCBvZiBvdXJz", "another secret of ours"]
    for (const answer of [{ said: "got another secret of ours" }, "key b2xkIHNlY3JldCBvZiBvdXJz", { whsec_b2xkIHNlY3JldCBvZiBvdXJz: 1 }]) {
      const kept = keptReply(answer, secrets)
      expect(kept).not.toMatch(/another secret|b2xkIHNlY3/)
      expect(kept).toContain("[redacted]")
    }
  })

  it("has no secret of others, also one with blanks, or in JSON within JSON", () => {
    const nested = JSON.stringify({ received: JSON.stringify({ body: JSON.stringify({ token: "zzz999zzz" }) }) })
    expect(keptReply(nested)).not.toContain("zzz999zzz")
    const quoted = JSON.stringify({ message: 'Login failed: {"login": "odoo", "password": "correct horse battery"}' })
    expect(keptReply(quoted)).not.toContain("horse")
    expect(keptReply("Login failed: {'password': 'correct horse battery', 'login': 'odoo'}")).toContain("'login': 'odoo'")
  })

  it("has no address of a person, also where the cut goes through it", () => {
    expect(keptReply({ error: "no partner for layla@example.com", "layla@example.com": true })).toBe('{"error":"no partner for …@…","…@…":true}')
    for (const length of [1_990, 1_995, 7_990, 7_995, 7_999]) {
      expect(keptReply(`${"x ".repeat(length / 2)}layla@example.com`)).not.toContain("layla")
    }
  })

  it("of a page of HTML is what its title and headings say", () => {
    const page = "<!DOCTYPE html>\n<html><head><title>404 Not Found</title><script>var csrf_token = '1'</script></head><body><h1>Not <b>Found</b> &amp; gone</h1><p>ask layla@example.com</p></body></html>"
    expect(keptReply(page)).toBe("404 Not Found\nNot Found & gone")
    expect(keptReply("<html><body><p>secret</p></body></html>")).toBe("a page of HTML without a title")
  })

  it("is cut, has no characters that can not be kept, and takes no time to make", () => {
    const kept = keptReply({ error: `a\u0000b\ud800c ${"x".repeat(1_000_000)}` })!
    expect(kept).toMatch(/^\{"error":"a b c x+…$/)
    expect(kept.length).toBeLessThanOrEqual(2_001)
    const hostile = ["x".repeat(1_000_000), "<".repeat(1_000_000), "<h1 ".repeat(200_000), "token:".repeat(150_000), `${"[".repeat(400_000)}${"]".repeat(400_000)}`,
      `<html>${"<h1>".repeat(200_000)}`, `{"a":"${"@".repeat(900_000)}"}`, JSON.stringify(Array.from({ length: 300_000 }, () => ({})))]
    // of the processor, microseconds: a busy machine lets a test wait
    const started = process.cpuUsage()
    for (const answer of hostile) {
      expect(keptReply(answer)!.length).toBeLessThanOrEqual(2_001)
    }
    expect(process.cpuUsage(started).user).toBeLessThan(5_000_000)
  })
})
