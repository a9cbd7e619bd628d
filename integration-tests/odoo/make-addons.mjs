// Makes a folder of addons for an Odoo of the tests: `node integration-tests/odoo/make-addons.mjs <folder>`. It has the
// addon medusa_shop and, where the older programs lie beside the repository, the addon medusa_older around their
// controller. Prints the names of the addons, separated by commas. Needs nothing but Node.
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const here = dirname(fileURLToPath(import.meta.url))
const controller = join(here, "..", "..", "..", "shared", "clients", "february_controller.py")

const folder = process.argv[2]
if (folder === undefined) {
  console.error("Say where: node integration-tests/odoo/make-addons.mjs <folder>")
  process.exit(2)
}
cpSync(join(here, "addons"), folder, { recursive: true })
const names = ["medusa_shop"]
if (existsSync(controller)) {
  names.push("medusa_older")
  cpSync(join(here, "older-addon"), join(folder, "medusa_older"), { recursive: true })
  // Odoo 19 has no user for auth='none', and fails with "Expected singleton: res.users()"
  const text = readFileSync(controller, "utf8").replaceAll("auth='none'", "auth='public'")
  writeFileSync(join(folder, "medusa_older", "controllers", "webhook.py"), text)
}
console.log(names.join(","))
