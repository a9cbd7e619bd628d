import { existsSync } from "fs"
import { dirname, join } from "path"

/** The files of Swagger UI that the page loads. */
export const VIEWER_FILES = ["swagger-ui-bundle.js", "swagger-ui.css"] as const

export type ViewerFile = (typeof VIEWER_FILES)[number]

export const isViewerFile = (name: string): name is ViewerFile => VIEWER_FILES.some((file) => file === name)

/** Where `npm run build` puts them, compressed. Their package is not a dependency, because its own dependency reports installs. */
const BUILT = join(__dirname, "swagger-ui")

/** Where a file of the viewer is: compressed beside this file in the built package, and as it is in the node_modules of a checkout. */
export function locateViewerFile(file: ViewerFile): { folder: string; name: string; isCompressed: boolean } {
  return existsSync(BUILT)
    ? { folder: BUILT, name: `${file}.gz`, isCompressed: true }
    : { folder: dirname(require.resolve("swagger-ui-dist/package.json")), name: file, isCompressed: false }
}
