import { version as medusaVersion } from "@medusajs/medusa/package.json"

import { version as pluginVersion } from "../../package.json"

/** The version of this plugin. */
export const PLUGIN_VERSION: string = pluginVersion

/** The version of the Medusa that it runs in. */
export const MEDUSA_VERSION: string = medusaVersion
