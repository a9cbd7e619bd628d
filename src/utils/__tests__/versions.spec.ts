import { isUntried } from "../versions"

describe("a version of Medusa", () => {
  it("is untried where it is newer than the newest that was tried", () => {
    const untried = ["2.13.0", "2.21.1", "2.21.2", "2.21.3", "2.22.0-snapshot-1", "3.0.0", "2.9.9"].filter(isUntried)
    expect(untried).toEqual(["2.21.3", "2.22.0-snapshot-1", "3.0.0"])
  })
})
