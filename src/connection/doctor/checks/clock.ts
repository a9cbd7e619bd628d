import { isObject } from "../../../wire/redact"
import { counted, mend, unknown, well, type Check, type CheckInput, type Finding } from "../check"

/** The difference up to which two clocks count as equal, in seconds. */
const TOLERATED_SECONDS = 60

/** Odoo's time, which is the default of a new sale order's date; undefined where Odoo gives none. */
async function odooTime({ client }: CheckInput): Promise<number | undefined> {
  const defaults = await client.call("sale.order", "default_get", { fields: ["date_order"] })
  const time = isObject(defaults) && typeof defaults.date_order === "string" ? Date.parse(`${defaults.date_order.replace(" ", "T")}Z`) : NaN
  return Number.isNaN(time) ? undefined : time
}

async function run(input: CheckInput): Promise<Finding[]> {
  const before = input.now().getTime()
  const time = await odooTime(input)
  // Odoo has looked at its clock between the question and the answer
  const after = input.now().getTime()
  if (time === undefined) {
    return [unknown("clock", "Odoo does not tell its time.")]
  }
  const seconds = Math.round((time - (before + after) / 2) / 1_000)
  return [
    Math.abs(seconds) <= TOLERATED_SECONDS
      ? well("clock", "The clocks of the shop and of Odoo agree.")
      : mend(
          "clock",
          `Odoo's clock is ${counted(Math.abs(seconds), "second")} ${seconds > 0 ? "ahead of" : "behind"} the shop's.`,
          "Have both machines set their clocks by NTP. Otherwise changes are missed, and signatures refused."
        ),
  ]
}

/** Whether the clocks agree. */
export const clock: Check = { name: "clock", run }
