import { noteVersion } from "../note-version"

// a Medusa that is not there yet, and keeps to itself which hooks are taken
jest.mock("../../utils/versions", () => ({ ...jest.requireActual<object>("../../utils/versions"), MEDUSA_VERSION: "2.99.0" }))
jest.mock("../../utils/core-hooks", () => ({ areHooksKnown: () => false }))

describe("a Medusa that is newer than any that was tried", () => {
  it("is named in the log, with what it lacks", async () => {
    const info = jest.fn()
    await noteVersion({ logger: { info } })
    expect(info.mock.calls).toEqual([
      [expect.stringMatching(/not tried with Medusa 2\.99\.0, which is newer/)],
      [expect.stringMatching(/Medusa 2\.99\.0 does not tell which hooks/)],
    ])
  })
})
