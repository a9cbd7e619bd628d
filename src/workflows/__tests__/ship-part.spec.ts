import type { Fulfillment } from "../ingest-order-status/load-order"
import { unlabelled } from "../ingest-order-status/ship"
import { belongsTo, markOf } from "../ingest-order-status/ship-part"

const LINES = new Map([["ordli_1", 1], ["ordli_2", 2]])

const parcel = (mark: string, numbers: string[] = []): Fulfillment => ({
  id: "ful_1",
  location_id: "sloc_1",
  shipped_at: new Date("2026-11-21T12:00:00Z"),
  marked_shipped_by: null,
  delivered_at: null,
  canceled_at: null,
  metadata: { odoo_shipment: mark },
  labels: numbers.map((number) => ({ id: `label_${number}`, tracking_number: number, tracking_url: "", label_url: "" })),
  items: [],
})

describe("a shipment of a part", () => {
  it("is known by its lines in any order and its tracking number, or else its time", () => {
    const turned = new Map([...LINES].reverse())
    const time = "2026-11-21T10:00:00.000Z"
    expect(markOf({ tracking_number: "T1", shipped_at: time }, turned)).toBe(markOf({ tracking_number: "T1" }, LINES))
    expect(markOf({ shipped_at: time }, LINES)).not.toBe(markOf({}, LINES))
    expect(markOf({ tracking_number: "T1" }, LINES)).not.toBe(markOf({ tracking_number: "T2" }, LINES))
  })

  it("is the same when its tracking number comes later, but not when it has another one by then", () => {
    const early = markOf({}, LINES)
    const belongs = belongsTo({ tracking_number: "T1", shipped_at: "2026-11-21T10:00:00.000Z" }, LINES)
    expect([parcel(early), parcel(early, ["T1"]), parcel(early, ["T2"]), parcel("other")].map(belongs)).toEqual([true, true, false, false])
  })
})

describe("a shipment of a part without a number", () => {
  it("is told from one that is alike by its idempotency key, and is any of them for who says none", () => {
    const [one, two] = ["one", "two"].map((key) => parcel(markOf({ key }, LINES)))
    expect([one!, two!].map(belongsTo({ key: "one" }, LINES))).toEqual([true, false])
    expect([one!, two!].map(belongsTo({}, LINES))).toEqual([true, true])
    expect([one!, two!].map(belongsTo({ key: "three", tracking_number: "T1" }, LINES))).toEqual([true, true])
  })
})

describe("a parcel that carries a shipment's tracking number", () => {
  it("is the shipment, whoever made it and however the number is spelled", () => {
    expect(belongsTo({ tracking_number: "T1" }, LINES)({ metadata: null, labels: parcel("", [" t1 "]).labels })).toBe(true)
    expect(belongsTo({ tracking_number: "T1" }, LINES)({ metadata: null, labels: parcel("", ["T11"]).labels })).toBe(false)
  })
})

describe("a tracking number that comes late", () => {
  it("is for the latest shipment without a label, and for none where it has its label", () => {
    const older = { ...parcel("a"), id: "older", shipped_at: new Date("2026-11-20T12:00:00Z") }
    expect(unlabelled([older, parcel("b")], "T1")?.id).toBe("ful_1")
    expect(unlabelled([older, parcel("b", ["T2"])], "T1")?.id).toBe("older")
    expect(unlabelled([older, parcel("b", ["T1"])], "T1")).toBeUndefined()
    expect(unlabelled([{ ...older, shipped_at: null }], "T1")).toBeUndefined()
    expect(unlabelled([older, parcel("b")], "T1", ({ metadata }) => metadata?.odoo_shipment === "a")?.id).toBe("older")
  })
})
