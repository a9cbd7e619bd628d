import { blockingReason } from "../change-order/change-status"
import { lifecycleStateOf } from "../change-order/order-lifecycle"

describe("what an order is", () => {
  it("stays canceled when it is archived, and a draft whatever its status says", () => {
    expect(lifecycleStateOf({ status: "pending", is_draft_order: false, canceled_at: null })).toBe("placed")
    expect(lifecycleStateOf({ status: "archived", canceled_at: "2026-11-21T12:00:00Z" })).toBe("canceled")
    expect(lifecycleStateOf({ status: "completed", is_draft_order: true })).toBe("draft")
  })

  it("bars a status that Medusa would give to it all the same", () => {
    expect(blockingReason({ status: "pending" }, "completed")).toBeNull()
    expect(blockingReason({ status: "archived" }, "completed")).toBe("archived")
    expect(blockingReason({ status: "archived", canceled_at: new Date() }, "completed")).toBe("canceled")
    expect(blockingReason({ status: "draft", is_draft_order: true }, "canceled")).toBe("a draft")
    expect(blockingReason({ status: "completed" }, "canceled")).toBeNull()
  })
})
