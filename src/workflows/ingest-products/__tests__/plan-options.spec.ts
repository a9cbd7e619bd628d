import { planOptions, type OptionMember } from "../plan-options"

const member = (key: string, present: OptionMember["present"], attributes?: Record<string, string>): OptionMember => ({
  key,
  sku: key.toUpperCase(),
  present,
  attributes: attributes && Object.entries(attributes),
})

const plan = (present: string[], ...members: OptionMember[]) => {
  const { titles, values, refused } = planOptions(present, members)
  return { titles, values: Object.fromEntries(values), refused: [...refused.keys()] }
}

describe("what tells variants apart", () => {
  it("is the default option where nothing is said", () => {
    expect(plan([], member("a", undefined))).toEqual({
      titles: ["Default option"], values: { a: { "Default option": "Default option value" } }, refused: [],
    })
  })

  it("is the SKU for siblings about which nothing is said", () => {
    expect(plan([], member("a", undefined), member("b", undefined), member("c", undefined)).values).toEqual({
      a: { "Default option": "Default option value" }, b: { "Default option": "B" }, c: { "Default option": "C" },
    })
  })

  it("drops the default option once there is a real one", () => {
    const present = { "Default option": "Default option value" }
    expect(plan(["Default option"], member("a", present, { Color: "Black" }))).toMatchObject({ titles: ["Color"], values: { a: { Color: "Black" } } })
  })

  it("keeps an option's own spelling, and fills what a sibling does not say", () => {
    expect(plan(["Color"], member("a", { Color: "Black" }), member("b", undefined, { COLOR: "White", Size: "M" }))).toMatchObject({
      titles: ["Color", "Size"], values: { a: { Color: "Black", Size: "-" }, b: { Color: "White", Size: "M" } },
    })
  })

  it("refuses a second variant of the same attributes, and leaves one that is there as it was", () => {
    expect(plan(["Color"], member("a", { Color: "Black" }), member("b", { Color: "White" }, { Color: "Black" }), member("c", undefined, { Color: "Black" }))).toEqual({
      titles: ["Color"], values: { a: { Color: "Black" }, b: { Color: "White" } }, refused: ["b", "c"],
    })
  })

  it("is no more than 50 options of one product, however many variants name one of their own", () => {
    const members = Array.from({ length: 10_000 }, (_, index) => member(`m${String(index)}`, undefined, { [`o${String(index)}`]: "v" }))
    const { titles, values, refused } = planOptions([], members)
    expect([titles.length, values.size, refused.size]).toEqual([50, 50, 9950])
    expect(refused.get("m50")).toMatchObject({ code: "VALIDATION_ERROR", details: { issues: [{ path: "attributes" }] } })
  })

  it("is left as it is where a variant would get too many options", () => {
    const many = Array.from({ length: 50 }, (_, index) => `o${String(index)}`)
    const present = Object.fromEntries(many.map((title) => [title, "v"]))
    const { titles, values, refused } = planOptions(many, [member("a", present, { more: "w" }), member("b", undefined, { o1: "w" })])
    expect([titles, values.get("a"), [...refused.keys()]]).toEqual([many, present, ["a"]])
    expect(values.get("b")).toMatchObject({ o1: "w", o2: "-" })
  })
})
