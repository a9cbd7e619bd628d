import { copyFileSync, mkdirSync } from "fs"
import { dirname, join } from "path"

import { VIEWER_FILES } from "../../src/openapi/viewer-files"

/** What its licence asks to go with it. */
const NOTICES = ["LICENSE", "NOTICE", "swagger-ui-bundle.js.LICENSE.txt"]

const from = dirname(require.resolve("swagger-ui-dist/package.json"))
const to = join(".medusa", "server", "src", "openapi", "swagger-ui")

// the built package carries the page's viewer with it, so that a shop need not install its package
mkdirSync(to, { recursive: true })
for (const file of [...VIEWER_FILES, ...NOTICES]) {
  copyFileSync(join(from, file), join(to, file))
}
