import { createUserAccountWorkflow } from "@medusajs/medusa/core-flows"
import type { ExecArgs } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { randomBytes } from "crypto"
import { writeFileSync } from "fs"

/** Makes an admin of the demo's shop and writes down how to sign in: `medusa exec admin.ts <file>`. */
export default async function makeDemoAdmin({ container, args }: ExecArgs) {
  const admin = { email: "admin@example.com", password: randomBytes(12).toString("base64url") }
  const { authIdentity, error } = await container.resolve(Modules.AUTH).register("emailpass", { body: admin })
  if (authIdentity === undefined) {
    throw new Error(`the demo's admin could not be made: ${error ?? "no reason given"}`)
  }
  await createUserAccountWorkflow(container).run({ input: { authIdentityId: authIdentity.id, userData: { email: admin.email } } })
  writeFileSync(args[0] ?? "", JSON.stringify(admin), { mode: 0o600 })
}
