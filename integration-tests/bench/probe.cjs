// Loaded into the Medusa that is measured, ahead of it: tells how much memory it takes.
const { createServer } = require("node:http")

const EVERY_MS = 20

let peak = 0
const look = () => {
  peak = Math.max(peak, process.memoryUsage.rss())
}

setInterval(look, EVERY_MS).unref()

createServer((request, response) => {
  if (request.url === "/reset") {
    globalThis.gc?.()
    peak = 0
  }
  look()
  response.end(JSON.stringify({ rss: process.memoryUsage.rss(), peak }))
})
  // a process that Medusa starts itself finds the port taken, and is not the one that is measured
  .on("error", () => undefined)
  .listen(Number(process.env.BENCH_PROBE_PORT), "127.0.0.1")
  .unref()
