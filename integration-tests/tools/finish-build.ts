import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "fs"
import { dirname, join } from "path"
import { gzipSync } from "zlib"

import { VIEWER_FILES } from "../../src/openapi/viewer-files"

/** What its licence asks to go with it. */
const NOTICES = ["LICENSE", "NOTICE", "swagger-ui-bundle.js.LICENSE.txt"]

const from = dirname(require.resolve("swagger-ui-dist/package.json"))
const to = join(".medusa", "server", "src", "openapi", "swagger-ui")

// the built package carries the page's viewer with it, so that a shop need not install its package
mkdirSync(to, { recursive: true })
for (const file of NOTICES) {
  copyFileSync(join(from, file), join(to, file))
}
for (const file of VIEWER_FILES) {
  writeFileSync(join(to, `${file}.gz`), gzipSync(readFileSync(join(from, file)), { level: 9 }))
}

// nobody reads the description in the package: without its blanks it is half as long
const description = join(to, "..", "openapi.json")
writeFileSync(description, JSON.stringify(JSON.parse(readFileSync(description, "utf8"))))

// Medusa's compiler writes each source into its file once more, as a map, which would be two fifths of the package
const built = join(".medusa", "server")
for (const file of readdirSync(built, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".js"))) {
  const path = join(built, file)
  writeFileSync(path, readFileSync(path, "utf8").replace(/\n\/\/# sourceMappingURL=data:\S+\s*$/, "\n"))
}

/** The files that a declaration imports of its own package. */
const importedBy = (path: string) =>
  [...readFileSync(path, "utf8").matchAll(/(?:from |import\()"(\.[^"]*)"/g)].flatMap(([, target = ""]) => {
    const file = join(dirname(path), target)
    return [`${file}.d.ts`, join(file, "index.d.ts")].filter((each) => existsSync(each)).slice(0, 1)
  })

// types are for who writes against the package: those that no entry leads to would be a fifth of the package
const reached = new Set(["modules/odoo/options", "modules/odoo/index", "wire/events", "workflows/index"].map((entry) => join(built, "src", `${entry}.d.ts`)))
for (const path of reached) {
  importedBy(path).forEach((imported) => reached.add(imported))
}
for (const file of readdirSync(built, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".d.ts"))) {
  if (!reached.has(join(built, file))) {
    rmSync(join(built, file))
  }
}

// `exports` counts in a package's own folder alone, and misleads bundlers in this one
const copied = join(built, "package.json")
const { exports: _, ...described } = JSON.parse(readFileSync(copied, "utf8")) as Record<string, unknown>
writeFileSync(copied, `${JSON.stringify(described, null, 2)}\n`)
