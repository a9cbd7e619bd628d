import { pastTimeSchema } from "../times"

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()

it("a clock that is some minutes ahead is believed", () => {
  expect(pastTimeSchema().safeParse(inMinutes(4)).success).toBe(true)
})

it("a date that has begun somewhere stands for now at the latest", () => {
  const tomorrow = new Date(Date.now() + 24 * 60 * 60_000).toISOString().slice(0, 10)
  const untilThen = Date.parse(tomorrow) - Date.now()
  expect(pastTimeSchema().safeParse(tomorrow).success).toBe(untilThen <= 14 * 60 * 60_000)
  const dayAfter = new Date(Date.now() + 48 * 60 * 60_000).toISOString().slice(0, 10)
  expect(pastTimeSchema().safeParse(dayAfter).success).toBe(false)
  expect(pastTimeSchema().parse("2026-11-20").toISOString()).toBe("2026-11-20T00:00:00.000Z")
})

it("a time in the future is refused", () => {
  expect(pastTimeSchema().safeParse(inMinutes(6)).success).toBe(false)
  expect(pastTimeSchema().safeParse("2099-01-01 00:00:00").success).toBe(false)
})
