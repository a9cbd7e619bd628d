import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

/**
 * Makes a secret API key of Medusa.
 * @returns the `authorization` header that opens `/admin` with it
 */
export async function makeAdminAccess(container: MedusaContainer): Promise<string> {
  const key = await container.resolve(Modules.API_KEY).createApiKeys({ title: "Tests", type: "secret", created_by: "test" })
  return `Basic ${Buffer.from(`${key.token}:`).toString("base64")}`
}
