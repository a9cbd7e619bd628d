import { decodeCursor, encodeCursor, listEnvelope } from "../list"
import { retryAfterMs } from "../retry-after"
import { listOrdersQuery } from "../schemas/orders"

describe("a cursor", () => {
  it("keeps the microseconds of a position", () => {
    const position = { created_at: "2026-11-21T17:34:58.123456Z", id: "order_1" }
    expect(decodeCursor(encodeCursor(position))).toEqual(position)
  })

  it.each(["", "x", "e30", Buffer.from("[1,2]").toString("base64url"), Buffer.from("[\"yesterday\",\"a\"]").toString("base64url")])(
    "that is not ours (%p) is a validation error",
    (cursor) => {
      expect(() => decodeCursor(cursor)).toThrow(expect.objectContaining({ code: "VALIDATION_ERROR" }))
    }
  )
})

describe("a list", () => {
  it("carries flat totals and a pagination object", () => {
    const last = { created_at: "2026-11-21T17:34:58.123456Z", id: "order_1" }
    expect(listEnvelope({ limit: 1, offset: 0 }, { total: 3, hasMore: true, last })).toEqual({
      total: 3,
      limit: 1,
      offset: 0,
      pagination: { total: 3, limit: 1, offset: 0, has_more: true, next_cursor: encodeCursor(last) },
    })
    expect(listEnvelope({ limit: 1, offset: 2 }, { total: 3, hasMore: false, last }).pagination.next_cursor).toBeNull()
  })
})

describe("the query of the order list", () => {
  it("fills in what is left out", () => {
    expect(listOrdersQuery.parse({})).toEqual({ limit: 50, offset: 0 })
  })

  it("takes several statuses, and either spelling of canceled", () => {
    expect(listOrdersQuery.parse({ status: "pending, Cancelled" }).status).toEqual(["pending", "canceled"])
  })

  it.each([
    ["2026-11-21", "2026-11-21T00:00:00.000Z", "2026-11-21T23:59:59.999Z"],
    ["2026-11-21T17:34:58Z", "2026-11-21T17:34:58.000Z", "2026-11-21T17:34:58.000Z"],
    ["2026-11-21 17:34:58", "2026-11-21T17:34:58.000Z", "2026-11-21T17:34:58.000Z"],
    ["2026-11-21T17:34:58 03:00", "2026-11-21T14:34:58.000Z", "2026-11-21T14:34:58.000Z"],
    ["2026-11-21T17:34:58+03:00", "2026-11-21T14:34:58.000Z", "2026-11-21T14:34:58.000Z"],
  ])("reads %s as a time, from its first moment to its last", (text, from, to) => {
    const query = listOrdersQuery.parse({ date_from: text, date_to: text })
    expect([query.date_from?.toISOString(), query.date_to?.toISOString()]).toEqual([from, to])
  })

  it.each([
    { limit: "0" }, { limit: "501" }, { limit: "ten" }, { limit: "1.5" }, { offset: "-1" }, { synced: "yes" },
    { date_from: "yesterday" }, { date_to: "2026-13-01" }, { updated_since: "" }, { status: "" }, { status: "lost" },
    { limit: ["1", "2"] },
  ])("refuses %p", (query) => {
    expect(listOrdersQuery.safeParse(query).success).toBe(false)
  })
})

describe("retryAfterMs", () => {
  const now = new Date("2026-11-21T12:00:00Z")

  it.each([
    ["120", 120_000],
    ["Sat, 21 Nov 2026 12:02:00 GMT", 120_000],
    ["Sat, 21 Nov 2026 11:00:00 GMT", 0],
    ["999999999", 86_400_000],
    ["", null],
    ["soon", null],
  ])("reads %p", (header, expected) => {
    expect(retryAfterMs(header, now)).toBe(expected)
  })
})
