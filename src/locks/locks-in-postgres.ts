import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

/**
 * Whether Medusa's locking module uses Postgres. There, locks by `acquire` and locks by `execute` do not exclude each other, and
 * each lock that is held or waited for keeps a connection of the pool. The module does not tell its provider: the provider is known by its
 * path, or by the id that the shop gives. Locks of an unknown provider are taken by Medusa's own functions alone.
 */
export function locksInPostgres(container: MedusaContainer): boolean {
  const { modules } = container.resolve(ContainerRegistrationKeys.CONFIG_MODULE)
  const configured: unknown = modules?.[Modules.LOCKING]
  const { options } = (typeof configured === "object" ? configured : {}) as {
    options?: { providers?: { resolve?: unknown; id?: unknown; is_default?: boolean }[] }
  }
  const providers = options?.providers ?? []
  const used = providers.find((provider) => provider.is_default === true) ?? (providers.length === 1 ? providers[0] : undefined)
  return [used?.resolve, used?.id].some((name) => typeof name === "string" && name.includes("locking-postgres"))
}
