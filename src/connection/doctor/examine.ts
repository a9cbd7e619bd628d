import { OdooError } from "../../odoo-client"
import { describeError } from "../../utils/describe-error"
import type { DoctorAnswer } from "../../wire/answer-schemas/admin"
import { named, unknown, type Check, type CheckInput, type Finding } from "./check"
import { clock } from "./checks/clock"
import { currencies, priceDecimals, pricelists } from "./checks/currencies"
import { key } from "./checks/key"
import { locations } from "./checks/locations"
import { rights } from "./checks/rights"
import { server } from "./checks/server"
import { apps, fields, products } from "./checks/set-up"
import { signIn } from "./checks/sign-in"
import { skus } from "./checks/skus"
import { taxes } from "./checks/taxes"

/** The checks, in the order in which they are made. */
const CHECKS: readonly Check[] = [server, signIn, key, rights, apps, fields, products, clock, currencies, pricelists, priceDecimals, taxes, locations, skus]

/** After these errors, Odoo answers no other check either. */
const ENDING = ["transport", "maintenance", "not_odoo", "database", "key", "plan"]

/** Makes a check. One that fails tells why it could not be found out. */
async function make({ name, run, isRequired }: Check, input: CheckInput): Promise<{ findings: Finding[]; isEnd: boolean }> {
  try {
    const findings = await run(input)
    return { findings, isEnd: isRequired === true && findings.some(({ check, state }) => check !== "version" && state !== "well") }
  } catch (error) {
    const isOdoo = error instanceof OdooError
    const remedy = isOdoo && error.kind === "access" ? "Give the user in Odoo the rights that are named here, and ask again." : null
    // what Odoo itself has said may speak of people
    const sentence = isOdoo ? error.message : `It could not be found out: ${describeError(error)}`
    return { findings: [unknown(name, sentence, remedy)], isEnd: isRequired === true || (isOdoo && ENDING.includes(error.kind)) }
  }
}

/** How many of the checks that could be made are well, in percent; 0 where none could. */
export function scoreOf(findings: readonly Finding[]): number {
  const isMend = new Map<string, boolean>()
  for (const { check, state } of findings.filter((finding) => finding.state !== "unknown")) {
    isMend.set(check, state === "mend" || isMend.get(check) === true)
  }
  const wells = [...isMend.values()].filter((one) => !one).length
  return isMend.size === 0 ? 0 : Math.floor((wells / isMend.size) * 100)
}

/** Makes one check after the other, as long as Odoo answers. */
export async function examine(input: CheckInput): Promise<DoctorAnswer> {
  const findings: Finding[] = []
  for (const [index, check] of CHECKS.entries()) {
    const { findings: found, isEnd } = await make(check, input)
    findings.push(...found)
    if (isEnd) {
      const rest = CHECKS.slice(index + 1).map(({ name }) => name)
      return { success: true, score: scoreOf(findings), findings: [...findings, ...restOf(rest)] }
    }
  }
  return { success: true, score: scoreOf(findings), findings }
}

const restOf = (names: readonly string[]): Finding[] =>
  names.length === 0 ? [] : [unknown("rest", `The other checks could not be made meanwhile: ${named(names)}.`)]
