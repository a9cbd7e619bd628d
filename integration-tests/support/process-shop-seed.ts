import type { ExecArgs } from "@medusajs/framework/types"
import { writeFileSync } from "fs"

import { makeAdminAccess } from "./admin-access"
import { KUWAIT_SHOP, seedShop } from "./shop"

/** More of everything than any test buys. */
const STOCK = 1_000_000

/** Fills a shop and writes down what its tests need to know of it: `medusa exec process-shop-seed.ts <file>`. */
export default async function seedProcessShop({ container, args }: ExecArgs) {
  const shop = await seedShop(container, { ...KUWAIT_SHOP, stock: STOCK })
  const adminAccess = await makeAdminAccess(container)
  writeFileSync(args[0] ?? "", JSON.stringify({ ...shop, adminAccess }), { mode: 0o600 })
}
