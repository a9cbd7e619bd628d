import { readFileSync } from "fs"
import { join } from "path"

const README = join(__dirname, "..", "..", "README.md")

/**
 * A code block of the README, by the name in the comment before it (`<!-- tested: name -->`), so that what the README
 * tells people is what the tests run.
 * @throws Error when the README has no such block
 */
export function readmeBlock(name: string): string {
  const found = new RegExp(`<!-- tested: ${name} -->\\s*\`\`\`\\w*\\n([\\s\\S]*?)\`\`\``).exec(readFileSync(README, "utf8"))
  if (found?.[1] === undefined) {
    throw new Error(`the README has no block "${name}"`)
  }
  return found[1].trim()
}
