import type { ClaimedEvent } from "../../modules/odoo/types"
import { Claims, MAX_WAIT_MS } from "../deliver/claims"

const events = (count: number) => Array.from({ length: count }, (_, index) => ({ id: String(index) }) as ClaimedEvent)

describe("claims", () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: 0 })
  })
  afterEach(() => {
    jest.useRealTimers()
  })

  /** Claims what is wanted, as if there were plenty of it, and begins it all after a while. */
  const round = (claims: Claims, free: number, afterMs: number): number => {
    const wanted = claims.wanted(free)
    claims.add(events(wanted), true)
    while (claims.next() !== undefined);
    jest.advanceTimersByTime(afterMs)
    return wanted
  }

  it("go further ahead the quicker they are used up, up to a limit, and not at all where that is slow", () => {
    const claims = new Claims(8)
    const wanted = Array.from({ length: 7 }, () => round(claims, 8, 100))
    expect(wanted).toEqual([8, 8, 16, 24, 40, 72, 72])
    jest.advanceTimersByTime(1_000)
    round(claims, 8, 0)
    expect(claims.wanted(8)).toBe(8)
    expect(claims.wanted(0)).toBe(0)
  })

  it("do not go ahead of what there is", () => {
    const claims = new Claims(8)
    round(claims, 8, 10)
    claims.add(events(3), false)
    expect(claims.wanted(5)).toBe(0)
    while (claims.next() !== undefined);
    expect(claims.wanted(5)).toBe(5)
  })

  it("are given back after a while, in part or all, and then no more are taken ahead", () => {
    const claims = new Claims(2)
    claims.add(events(2), true)
    claims.add(events(2), true)
    jest.advanceTimersByTime(MAX_WAIT_MS - 1)
    claims.add(events(1), true)
    expect(claims.takeOut("late")).toEqual([])
    jest.advanceTimersByTime(1)
    expect(claims.takeOut("late")).toHaveLength(4)
    expect(claims.size).toBe(1)
    expect(claims.takeOut("all")).toHaveLength(1)
    expect(claims.wanted(2)).toBe(2)
  })
})
