import { existsSync } from "fs"
import { dirname, join } from "path"

/** The files of Swagger UI that the page loads. */
export const VIEWER_FILES = ["swagger-ui-bundle.js", "swagger-ui.css"] as const

export type ViewerFile = (typeof VIEWER_FILES)[number]

export const isViewerFile = (name: string): name is ViewerFile => VIEWER_FILES.some((file) => file === name)

/** Where `npm run build` puts them. Their package is not a dependency, because its own dependency reports installs. */
const BUILT = join(__dirname, "swagger-ui")

/** The folder that holds the viewer's files: the built package has them beside this file, a checkout in node_modules. */
export function viewerFolder(): string {
  return existsSync(BUILT) ? BUILT : dirname(require.resolve("swagger-ui-dist/package.json"))
}
