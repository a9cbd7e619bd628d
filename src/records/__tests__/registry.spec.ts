import { recordTypeOf, recordTypes, registerRecordType } from ".."
import { orderType } from "../order"

const named = (kind: string) => ({ ...orderType, kind, source: { ...orderType.source, kind } })
const kinds = () => recordTypes().map(({ kind }) => kind)

describe("the registry of record types", () => {
  it("tells of customers first, then of orders, then of what was registered later", () => {
    const unregister = registerRecordType(named("parcel"))
    expect(kinds()).toEqual(["customer", "order", "parcel"])
    expect(recordTypeOf("parcel")).toMatchObject({ kind: "parcel" })
    unregister()
    expect(kinds()).toEqual(["customer", "order"])
    expect(recordTypeOf("parcel")).toBeUndefined()
  })

  it("refuses a kind that is there already, and one that can not stand in SQL", () => {
    expect(() => registerRecordType(named("order"))).toThrow("there is a record type order already")
    for (const kind of ["", "Parcel", "par cel", "parcel'; --"]) {
      expect(() => registerRecordType(named(kind))).toThrow("can not be a kind of record")
    }
    expect(() => registerRecordType({ ...orderType, kind: "parcel" })).toThrow("not the one of its source")
    expect(kinds()).toEqual(["customer", "order"])
  })
})
