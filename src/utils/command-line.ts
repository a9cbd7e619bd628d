import { parseArgs } from "util"

import { invalidInput, isWireError } from "../wire/errors"

/** One command of a script. */
export type Command = {
  /** what stands behind its name, and what it does: `<id>  shows an event` */
  usage: string
  /** the names of its options, each of which takes a value */
  options?: readonly string[]
  /** gives what is printed */
  run: (given: { values: Partial<Record<string, string>>; words: string[] }) => Promise<string>
}

/**
 * What was typed behind the script's name. `medusa exec` refuses options that it does not know, except behind `--`; what
 * stands there it does not hand on, and words that look like numbers it hands on as such.
 */
function typed(args: readonly unknown[]): string[] {
  const dashes = process.argv.indexOf("--")
  return [...args.map(String), ...(dashes === -1 ? [] : process.argv.slice(dashes + 1))]
}

function usageOf(script: string, commands: Readonly<Record<string, Command>>): string {
  const names = Object.keys(commands)
  const width = Math.max(...names.map((name) => name.length))
  const lines = Object.entries(commands).flatMap(([name, { usage, options = [] }]) => [
    `  ${name.padEnd(width)}  ${usage}`,
    ...(options.length === 0 ? [] : [`  ${" ".repeat(width)}    ${options.map((option) => `--${option}`).join(" ")}`]),
  ])
  return [`npx medusa exec <path>/${script}.js -- <command> [options]`, "", ...lines].join("\n")
}

/** Reads a command's words and options. @throws WireError `VALIDATION_ERROR` for an option that it does not have */
function read(words: string[], { options = [] }: Command, usage: string) {
  try {
    const { values, positionals } = parseArgs({
      args: words,
      options: Object.fromEntries(options.map((name) => [name, { type: "string" as const }])),
      allowPositionals: true,
    })
    return { values, words: positionals }
  } catch (error) {
    // its first sentence says what is wrong, the others how to write words that begin with a dash
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
 * Runs the command that was typed, and prints what it gives. What is wrong with the line, or can not be done, is printed
 * without the stack that `medusa exec` would show, and ends the program with the code 1.
 * @param args as `medusa exec` hands them to a script
 */
export async function runCommand(script: string, commands: Readonly<Record<string, Command>>, args: readonly unknown[]): Promise<void> {
  try {
    process.stdout.write(`\n${await carryOut(script, commands, typed(args))}\n\n`)
  } catch (error) {
    if (!isWireError(error)) {
      throw error
    }
    process.stderr.write(`\n${error.message}\n\n`)
    process.exitCode = 1
  }
}

/** The value of an option that a command can not do without. @throws WireError `VALIDATION_ERROR` where it is missing */
export function requiredOption(values: Readonly<Partial<Record<string, string>>>, name: string): string {
  const value = values[name]
  if (value === undefined) {
    throw invalidInput("", `Add --${name} <text>.`)
  }
  return value
}

/**
 * The id that a command is about.
 * @param what it is the id of: `event`
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
 * @param none what is said where there are no rows
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
