import { readFileSync, writeFileSync } from "fs"

import { openApiText } from "../../src/openapi/document"
import { OPERATIONS } from "../../src/wire/operations"

const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string }

// what GET /odoo/openapi.json serves; a test tells when it is out of date
writeFileSync("src/openapi/openapi.json", openApiText(OPERATIONS, version))
