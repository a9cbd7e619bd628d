import { existsSync } from "fs"
import { dirname, join } from "path"

/** The files of Swagger UI that the page loads. */
export const VIEWER_FILES = ["swagger-ui-bundle.js", "swagger-ui.css"] as const

export type ViewerFile = (typeof VIEWER_FILES)[number]

export const isViewerFile = (name: string): name is ViewerFile => VIEWER_FILES.some((file) => file === name)

/**
 * The folder into which `npm run build` writes the compressed files. The package of Swagger UI is no dependency of the plugin, because
 * one of its own dependencies reports installations.
 */
const BUILT = join(__dirname, "swagger-ui")

/** Finds a file of the viewer: the compressed one in the built package, or the original one in the node_modules of a checkout. */
export function locateViewerFile(file: ViewerFile): { folder: string; name: string; isCompressed: boolean } {
  return existsSync(BUILT)
    ? { folder: BUILT, name: `${file}.gz`, isCompressed: true }
    : { folder: dirname(require.resolve("swagger-ui-dist/package.json")), name: file, isCompressed: false }
}
