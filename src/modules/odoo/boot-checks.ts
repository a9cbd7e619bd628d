import type { RepositoryContext } from "./repositories/context"

/** A function that runs while Medusa boots. Most log a warning for a person where they find a problem. */
export type BootCheck = (boot: RepositoryContext) => Promise<void>

const checks: BootCheck[] = []

/**
 * Registers a check that the module runs while Medusa boots. Only a module has a hook for the boot, and the module itself uses none
 * of Medusa's tables. To be called while Medusa loads the plugin.
 */
export function registerBootCheck(check: BootCheck): void {
  checks.push(check)
}

/** All checks, in the order in which they were registered. */
export const bootChecks = (): readonly BootCheck[] => [...checks]
