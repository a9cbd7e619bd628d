import { barOf } from "../change-order/change-status"
import { standingOf } from "../change-order/standing"

describe("what an order is", () => {
  it("stays canceled when it is archived, and a draft whatever its status says", () => {
    expect(standingOf({ status: "pending", is_draft_order: false, canceled_at: null })).toBe("placed")
    expect(standingOf({ status: "archived", canceled_at: "2026-11-21T12:00:00Z" })).toBe("canceled")
    expect(standingOf({ status: "completed", is_draft_order: true })).toBe("draft")
  })

  it("bars a status that Medusa would give to it all the same", () => {
    expect(barOf({ status: "pending" }, "completed")).toBeNull()
    expect(barOf({ status: "archived" }, "completed")).toBe("archived")
    expect(barOf({ status: "archived", canceled_at: new Date() }, "completed")).toBe("canceled")
    expect(barOf({ status: "draft", is_draft_order: true }, "canceled")).toBe("a draft")
    expect(barOf({ status: "completed" }, "canceled")).toBeNull()
  })
})
