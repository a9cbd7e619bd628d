import document from "../../../openapi/openapi.json"
import { wireHandler } from "../../utils/wire-handler"

/** Serves the API's description in OpenAPI 3.1. */
export const GET = wireHandler((_, response) => {
  response.set({ "cache-control": "private, no-cache", "x-content-type-options": "nosniff" }).json(document)
})
