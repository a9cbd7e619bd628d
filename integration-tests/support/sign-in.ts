import { createUserAccountWorkflow } from "@medusajs/medusa/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import type { AxiosInstance } from "axios"

const ADMIN = { email: "admin@example.com", password: "a-password" }

/**
 * Makes an admin of the shop and signs in as January's clients do.
 * @returns the bearer token
 */
export async function signIn(container: MedusaContainer, client: AxiosInstance): Promise<string> {
  const { authIdentity } = await container.resolve(Modules.AUTH).register("emailpass", { body: ADMIN })
  if (authIdentity) {
    await createUserAccountWorkflow(container).run({ input: { authIdentityId: authIdentity.id, userData: { email: ADMIN.email } } })
  }
  const { data } = await client.post<{ token: string }>("/auth/user/emailpass", ADMIN)
  return data.token
}
