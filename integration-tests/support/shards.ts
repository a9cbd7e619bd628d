import { readdirSync, readFileSync } from "fs"
import { basename, join } from "path"

import { collectSuites, describeSuite, endSharedShop, setupOf, type Bench, type SuiteInput } from "./suite"

/** What the Medusas of the suites are set up with beside the plugin's options. Each has files of its own in `shards/`. */
const SETUPS = { plain: {}, translation: { MEDUSA_FF_TRANSLATION: "true" }, locking: { LOCKING: "postgres" } } as const

/** Suites that can share a Medusa; those that need a database for themselves have a shard of their own. */
type Setup = keyof typeof SETUPS | "alone"

type Suite = { name: string; weight: number; setup: Setup; input: SuiteInput; tests: (bench: Bench) => void }

const FOLDER = join(process.cwd(), "integration-tests", "http")

/** How much longer a suite with a property test takes than another of its length. */
const PROPERTY_TEST = 6

const isSame = (one: object, other: object) => JSON.stringify(one) === JSON.stringify(other)

function setupNamed(file: string, input: SuiteInput): Setup {
  const names = Object.keys(SETUPS) as (keyof typeof SETUPS)[]
  const found = input.alone === true ? "alone" : names.find((name) => isSame(SETUPS[name], setupOf(input)))
  if (found === undefined) {
    throw new Error(`${file} sets Medusa up as no other suite does: name its setup in integration-tests/support/shards.ts, and add a shard for it`)
  }
  return found
}

/** All suites below `http/`, the longest first. */
function readSuites(): Suite[] {
  const suites: Suite[] = []
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith(".spec.ts"))) {
    const text = readFileSync(join(FOLDER, file), "utf8")
    const weight = text.length * (text.includes("fast-check") ? PROPERTY_TEST : 1)
    const name = `http/${basename(file, ".spec.ts")}`
    collectSuites(
      (input, tests) => suites.push({ name, weight, setup: setupNamed(file, input), input, tests }),
      () => jest.requireActual(join(FOLDER, file))
    )
  }
  return suites.sort((one, other) => other.weight - one.weight || (one.name < other.name ? -1 : 1))
}

/** Parts suites so that each part takes about as long as another. */
function partsOf(suites: readonly Suite[], count: number): Suite[][] {
  const parts = Array.from({ length: count }, () => ({ weight: 0, suites: [] as Suite[] }))
  for (const suite of suites) {
    const [lightest] = [...parts].sort((one, other) => one.weight - other.weight)
    lightest?.suites.push(suite)
    if (lightest !== undefined) {
      lightest.weight += suite.weight
    }
  }
  return parts.map((part) => part.suites)
}

/**
 * Describes a part of all suites, in one booted Medusa: a boot takes as long as many tests.
 * @param part counted from 1
 */
export function describeShard(setup: Setup, part = 1, of = 1): void {
  afterAll(endSharedShop)
  const suites = partsOf(readSuites().filter((suite) => suite.setup === setup), of)[part - 1] ?? []
  for (const { name, input, tests } of suites) {
    describe(name, () => {
      describeSuite(input, tests)
    })
  }
}
