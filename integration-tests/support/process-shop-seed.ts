import type { ExecArgs } from "@medusajs/framework/types"
import { writeFileSync } from "fs"

import { makeAdminAccess } from "./admin-access"
import { seedShop, type ShopInput } from "./shop"

/** Fills a shop and writes down what its tests need to know of it: `medusa exec process-shop-seed.ts <file> <shop in JSON>`. */
export default async function seedProcessShop({ container, args }: ExecArgs) {
  const shop = await seedShop(container, JSON.parse(args[1] ?? "") as ShopInput)
  const adminAccess = await makeAdminAccess(container)
  writeFileSync(args[0] ?? "", JSON.stringify({ ...shop, adminAccess }), { mode: 0o600 })
}
