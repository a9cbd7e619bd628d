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
