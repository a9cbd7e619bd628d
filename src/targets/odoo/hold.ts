import ms from "ms"

/** How often it is looked whether the cause of a hold is gone; contract 13 asks for three minutes at most. */
const LOOK_AGAIN_MS = ms("150s")

/** A record that can not be told as it is: something in Odoo or in the shop has to be mended first. */
export class Hold extends Error {
  override readonly name = "Hold"

  private constructor(
    message: string,
    /** when to look again; null where only a person can tell; milliseconds */
    readonly forMs: number | null
  ) {
    super(message)
  }

  /** A hold that ends by itself, as soon as its cause is gone. */
  static untilMended(message: string): Hold {
    return new Hold(message, LOOK_AGAIN_MS)
  }

  /** A hold that a person ends, by a replay. */
  static forPerson(message: string): Hold {
    return new Hold(message, null)
  }
}

/** Takes a step that may find a hold. Either the hold breaks off what is done, or that goes on with a value in the place of the step's. */
export type OnHold = <T>(step: () => T | Promise<T>, instead: T) => Promise<T>

/** Breaks off at the first hold. */
export const breakOff: OnHold = async (step) => await step()

/** Goes on after each hold, and keeps what the holds say. */
export function collectHolds(): { holds: string[]; onHold: OnHold } {
  const holds: string[] = []
  return {
    holds,
    onHold: async (step, instead) => {
      try {
        return await step()
      } catch (error) {
        if (!(error instanceof Hold)) {
          throw error
        }
        if (!holds.includes(error.message)) {
          holds.push(error.message)
        }
        return instead
      }
    },
  }
}
