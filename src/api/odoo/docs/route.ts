import { CONTENT_SECURITY_POLICY, PAGE } from "../../../openapi/docs-page"
import { wireHandler } from "../../utils/wire-handler"

/** Serves the page that shows the API's description and lets a reader send requests. */
export const GET = wireHandler((request, response) => {
  if (request.path.endsWith("/")) {
    // the page's addresses are relative to the one without a slash
    response.redirect(308, "../docs")
    return
  }
  response.set({
    "cache-control": "private, no-cache",
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  })
  response.type("html").send(PAGE)
})
