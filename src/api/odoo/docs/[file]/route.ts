import { extname } from "path"

import { START_SCRIPT } from "../../../../openapi/docs-page"
import { isViewerFile, locateViewerFile } from "../../../../openapi/viewer-files"
import { answerUnknownPath } from "../../../utils/path"
import { wireHandler } from "../../../utils/wire-handler"

/** Serves the scripts and styles of the documentation page. Other names are answered as unknown paths. */
export const GET = wireHandler(async (request, response) => {
  const { file = "" } = request.params
  response.set({ "cache-control": "private, no-cache", "x-content-type-options": "nosniff" })
  if (file === "start.js") {
    response.type("js").send(START_SCRIPT)
    return
  }
  if (!isViewerFile(file)) {
    answerUnknownPath(request)
    return
  }
  const { folder, name, isCompressed } = locateViewerFile(file)
  if (isCompressed) {
    // every browser takes it
    response.set({ "content-encoding": "gzip" }).type(extname(file))
  }
  await new Promise<void>((resolve, reject) => {
    response.sendFile(name, { root: folder, cacheControl: false }, (error?: Error) => {
      if (error === undefined || response.headersSent) {
        // the connection was closed by the reader, which is no failure
        resolve()
      } else {
        reject(error)
      }
    })
  })
})
