import { parseArgs, type ParseArgsConfig } from "util"

import { invalidInput, isWireError } from "../wire/errors"

/** One command of a script. */
export type Command = {
  /** the arguments and the purpose: `<id>  shows an event` */
  usage: string
  /** the names of its options, each of which takes a value */
  options?: readonly string[]
  /** the names of its options without a value */
  flags?: readonly string[]
  /** runs the command, and gives the text to print */
  run: (given: Given) => Promise<string>
}

/** The arguments of a command. */
export type Given = { values: Partial<Record<string, string>>; flags: ReadonlySet<string>; words: string[] }

/**
 * The arguments of a script as texts. `medusa exec` accepts unknown options only behind `--`, and does not pass these on. It
 * passes words that look like numbers as numbers.
 */
function typed(args: readonly unknown[]): string[] {
  const dashes = process.argv.indexOf("--")
  return [...args.map(String), ...(dashes === -1 ? [] : process.argv.slice(dashes + 1))]
}

const optionsOf = ({ options = [], flags = [] }: Command) => [...options, ...flags].map((option) => `--${option}`).join(" ")

function usageOf(script: string, commands: Readonly<Record<string, Command>>): string {
  const names = Object.keys(commands)
  const width = Math.max(...names.map((name) => name.length))
  const lines = Object.entries(commands).flatMap(([name, command]) => {
    const all = optionsOf(command)
    return [`  ${name.padEnd(width)}  ${command.usage}`, ...(all === "" ? [] : [`  ${" ".repeat(width)}    ${all}`])]
  })
  return [`npx medusa exec <path>/${script}.js -- <command> [options]`, "", ...lines].join("\n")
}

/** Reads a command's words and options. @throws WireError `VALIDATION_ERROR` for an option that it does not have */
function read(words: string[], { options = [], flags = [] }: Command, usage: string): Given {
  const known: NonNullable<ParseArgsConfig["options"]> = {}
  for (const name of [...options, ...flags]) {
    known[name] = { type: options.includes(name) ? "string" : "boolean" }
  }
  try {
    const { values, positionals } = parseArgs({ args: words, options: known, allowPositionals: true })
    const texts = Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === "string")
    return {
      values: Object.fromEntries(texts),
      flags: new Set(Object.entries(values).flatMap(([name, value]) => (value === true ? [name] : []))),
      words: positionals,
    }
  } catch (error) {
    // the first sentence of the error names the fault; the others explain words that begin with a dash
    const [reason = ""] = error instanceof Error ? error.message.split(". ") : []
    throw invalidInput("", `${reason}\n\n${usage}`)
  }
}

async function carryOut(script: string, commands: Readonly<Record<string, Command>>, given: string[]): Promise<string> {
  const [name = "", ...rest] = given
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  const usage = usageOf(script, commands)
  if (command === undefined) {
    throw invalidInput("", `${name === "" ? "Say what to do." : `There is no command ${name}.`}\n\n${usage}`)
  }
  return await command.run(read(rest, command, usage))
}

/**
 * Prints the result of a script. A `WireError` is printed without the stack that `medusa exec` would show, and ends the program
 * with the exit code 1.
 */
async function print(give: () => Promise<string>): Promise<void> {
  try {
    process.stdout.write(`\n${await give()}\n\n`)
  } catch (error) {
    if (!isWireError(error)) {
      throw error
    }
    process.stderr.write(`\n${error.message}\n\n`)
    process.exitCode = 1
  }
}

/**
 * Runs the command that a person has typed, and prints its text.
 * @param args the arguments that `medusa exec` passes to a script
 */
export async function runCommand(script: string, commands: Readonly<Record<string, Command>>, args: readonly unknown[]): Promise<void> {
  await print(() => carryOut(script, commands, typed(args)))
}

/** Runs a script that has no commands, only options. */
export async function runScript(script: string, command: Command, args: readonly unknown[]): Promise<void> {
  const usage = [`npx medusa exec <path>/${script}.js -- ${command.usage}`, `  ${optionsOf(command)}`].join("\n")
  await print(() => command.run(read(typed(args), command, usage)))
}

/** The value of a required option. @throws WireError `VALIDATION_ERROR` where it is missing */
export function requiredOption(values: Readonly<Partial<Record<string, string>>>, name: string): string {
  const value = values[name]
  if (value === undefined) {
    throw invalidInput("", `Add --${name} <text>.`)
  }
  return value
}

/**
 * The only argument of a command, an id.
 * @param what the kind of thing that has the id: `event`
 * @throws WireError `VALIDATION_ERROR` for none, and for several
 */
export function onlyId(words: readonly string[], what: string): string {
  const [id, ...others] = words
  if (id === undefined || others.length > 0) {
    throw invalidInput("", `Name one ${what} by its id; list shows them.`)
  }
  return id
}

/**
 * Rows as a table with aligned columns.
 * @param rows each cell's text by the column's title; the first row has them all
 * @param none the text for no rows
 */
export function table(rows: readonly Readonly<Record<string, string>>[], none: string): string {
  const [first] = rows
  if (first === undefined) {
    return none
  }
  const titles = Object.keys(first)
  const cells = [titles, ...rows.map((row) => titles.map((title) => row[title] ?? ""))]
  const widths = titles.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)))
  return cells.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd()).join("\n")
}

/** A time as people read it: `2026-11-22 08:00:00`, in UTC. */
export const readableTime = (iso: string | null) => iso?.slice(0, 19).replace("T", " ") ?? ""
