import type { ExecArgs, MedusaContainer } from "@medusajs/framework/types"

/**
 * Runs a script as `medusa exec` does with what a person has typed behind `--`.
 * @returns what it has printed, and the exit code it asks for
 */
export async function typeScript(
  container: MedusaContainer,
  script: (args: ExecArgs) => Promise<void>,
  ...words: string[]
): Promise<{ output: string; code: number | string }> {
  const output: string[] = []
  const write = (text: unknown) => output.push(String(text)) > 0
  const streams = [jest.spyOn(process.stdout, "write").mockImplementation(write), jest.spyOn(process.stderr, "write").mockImplementation(write)]
  const { argv } = process
  process.argv = ["node", "medusa", "exec", "a-script.js", "--", ...words]
  process.exitCode = undefined
  try {
    await script({ container, args: [] })
    return { output: output.join(""), code: exitCode() }
  } finally {
    streams.forEach((stream) => stream.mockRestore())
    process.argv = argv
    process.exitCode = undefined
  }
}

const exitCode = () => process.exitCode ?? 0
