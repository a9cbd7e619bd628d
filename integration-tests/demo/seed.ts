import type { ExecArgs } from "@medusajs/framework/types"
import { writeFileSync } from "fs"

import { ODOO_MODULE } from "../../src/modules/odoo"
import type OdooModuleService from "../../src/modules/odoo/service"
import { seedShop } from "../support/shop"

/** Fills the demo's shop and writes down what the demo needs to know of it: `medusa exec seed.ts <file>`. */
export default async function seedDemo({ container, args }: ExecArgs) {
  const shop = await seedShop(container)
  const { key } = await container.resolve<OdooModuleService>(ODOO_MODULE).generateApiKey("Demo")
  writeFileSync(args[0] ?? "", JSON.stringify({ ...shop, apiKey: key }), { mode: 0o600 })
}
