import { version as medusaVersion } from "@medusajs/medusa/package.json"

import { version as pluginVersion } from "../../package.json"

/** The version of this plugin. */
export const PLUGIN_VERSION: string = pluginVersion

/** The version of the Medusa in which the plugin runs. */
export const MEDUSA_VERSION: string = medusaVersion

/** The newest version of Medusa that the plugin was tried with. */
const NEWEST_TRIED = [2, 21, 2]

/** Whether a version of Medusa is newer than any that the plugin was tried with. */
export function isUntried(version: string): boolean {
  const parts = version.split(".").map((part) => parseInt(part, 10))
  const differing = NEWEST_TRIED.findIndex((part, index) => parts[index] !== part)
  return differing !== -1 && (parts[differing] ?? 0) > (NEWEST_TRIED[differing] ?? 0)
}
