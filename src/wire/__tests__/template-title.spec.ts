import { templateTitle } from "../template-title"

describe("the title of a product of which a variant tells", () => {
  const attributes = [["Size", "M"], ["Color", "Red"]] as const

  it.each([
    ["[SHIRT-M] Shirt (M, Red)", "Shirt"],
    ["Shirt (red, M)", "Shirt"],
    ["Shirt (M)", "Shirt"],
    ["Shirt (cotton)", "Shirt (cotton)"],
    ["Shirt (M, cotton)", "Shirt (M, cotton)"],
    ["[OTHER] Shirt", "[OTHER] Shirt"],
    ["[SHIRT-M]", "[SHIRT-M]"],
    ["(M)", "(M)"],
    ["Shirt", "Shirt"],
  ])("of %j is %j", (title, expected) => {
    expect(templateTitle(title, "SHIRT-M", attributes)).toBe(expected)
  })

  it("keeps what stands behind where no attributes are sent", () => {
    expect(templateTitle("Shirt (M, Red)", "SHIRT-M", undefined)).toBe("Shirt (M, Red)")
    expect(templateTitle(undefined, "SHIRT-M", attributes)).toBeUndefined()
  })
})
