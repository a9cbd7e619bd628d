import { isValidHandle } from "@medusajs/framework/utils"

import { handleFinder, isNumbered, slugOf } from "../handle"

describe("a handle", () => {
  it("is found without counting anew, however many are called alike", () => {
    const taken = new Set<string>()
    let asked = 0
    const freeHandle = handleFinder((handle) => {
      asked += 1
      return taken.has(handle)
    })
    for (let count = 0; count < 1000; count++) {
      taken.add(freeHandle("lamp"))
    }
    expect([taken.size, asked < 3000]).toEqual([1000, true])
  })

  it("is one that Medusa accepts, whatever the title", () => {
    const titles = ["Cotton shirt", " -- Don't  _stop_! ", "مصباح مكتب", "Straße 5/7", "ÀÉ ñ", "名前 A", "ǅungla", "½ price", "a".repeat(500)]
    for (const title of titles) {
      expect([title, isValidHandle(slugOf(title))]).toEqual([title, true])
    }
    expect(slugOf(" -- Don't  _stop_! ")).toBe("dont-stop")
    expect(slugOf("مصباح مكتب")).toBe("مصباح-مكتب")
  })

  it("is empty where nothing can stand in it", () => {
    expect(["!!!", "𝐀𝐁", "--", ""].map(slugOf)).toEqual(["", "", "", ""])
  })

  it("gets the first number that is free, and is known by it", () => {
    const taken = new Set(["lamp", "lamp-2"])
    const freeHandle = handleFinder((handle) => taken.has(handle))
    expect(freeHandle("lamp")).toBe("lamp-3")
    expect(["lamp", "lamp-3", "lamp-x", "lamps", "desk-lamp"].map((handle) => isNumbered("lamp", handle))).toEqual([false, true, false, false, false])
  })
})
