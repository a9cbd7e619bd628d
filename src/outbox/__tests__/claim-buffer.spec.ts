import type { ClaimedDelivery } from "../../modules/odoo/types"
import { ClaimBuffer, MAX_WAIT_MS } from "../claim-buffer"

const events = (count: number) => Array.from({ length: count }, (_, index) => ({ id: String(index) }) as ClaimedDelivery)

describe("claims", () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: 0 })
  })
  afterEach(() => {
    jest.useRealTimers()
  })

  /** ClaimBuffer what is wanted, as if there were plenty of it, and begins it all after a while. */
  const round = (claims: ClaimBuffer, free: number, afterMs: number): number => {
    const wanted = claims.wanted(free)
    claims.add(events(wanted), true)
    while (claims.next() !== undefined);
    jest.advanceTimersByTime(afterMs)
    return wanted
  }

  it("go further ahead the quicker they are used up, up to a limit, and not at all where that is slow", () => {
    const claims = new ClaimBuffer(8, Infinity)
    const wanted = Array.from({ length: 7 }, () => round(claims, 8, 100))
    expect(wanted).toEqual([8, 8, 16, 24, 40, 72, 72])
    jest.advanceTimersByTime(1_000)
    round(claims, 8, 0)
    expect(claims.wanted(8)).toBe(8)
    expect(claims.wanted(0)).toBe(0)
  })

  it("do not go ahead of what there is", () => {
    const claims = new ClaimBuffer(8, Infinity)
    round(claims, 8, 10)
    claims.add(events(3), false)
    expect(claims.wanted(5)).toBe(0)
    while (claims.next() !== undefined);
    expect(claims.wanted(5)).toBe(5)
  })

  it("are given back after a while, in part or all, and then no more are taken ahead", () => {
    const claims = new ClaimBuffer(2, Infinity)
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

  it("are begun only if they were looked at lately, and those that are not to be sent are taken out by that", () => {
    const claims = new ClaimBuffer(2, 100)
    const [early, known, late] = [events(2), events(1), events(1)]
    claims.add([...early, ...known], true)
    expect(claims.next()).toBe(early[0])
    jest.advanceTimersByTime(60)
    claims.add(late, true)
    jest.advanceTimersByTime(60)
    const waiting = claims.waiting
    expect([claims.next(), waiting]).toEqual([undefined, [early[1], ...known, ...late]])
    const later = events(1)
    claims.add(later, true)
    claims.keep(waiting, [early[1]!, ...late])
    expect([claims.next(), claims.next(), claims.next(), claims.size]).toEqual([early[1], ...late, ...later, 0])
  })
})
