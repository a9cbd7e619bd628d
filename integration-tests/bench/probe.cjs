// Loaded into the Medusa that is measured, ahead of it: tells how much memory it takes, and where its time goes.
const { writeFileSync } = require("node:fs")
const { createServer } = require("node:http")
const { Session } = require("node:inspector")

const EVERY_MS = 20

let peak = 0
const look = () => {
  peak = Math.max(peak, process.memoryUsage.rss())
}

/** Notes where the time goes from the first measured work on, until the process ends. */
let startProfile = () => {
  startProfile = () => undefined
  const file = process.env.BENCH_PROFILE
  if (file !== undefined) {
    const session = new Session()
    session.connect()
    session.post("Profiler.enable")
    session.post("Profiler.start")
    process.once("exit", () => session.post("Profiler.stop", (_, { profile }) => writeFileSync(file, JSON.stringify(profile))))
  }
}

setInterval(look, EVERY_MS).unref()

createServer((request, response) => {
  if (request.url === "/collect") {
    globalThis.gc?.()
  }
  if (request.url !== "/") {
    peak = 0
    startProfile()
  }
  look()
  response.end(JSON.stringify({ rss: process.memoryUsage.rss(), peak }))
})
  // a process that Medusa starts itself finds the port taken, and is not the one that is measured
  .on("error", () => undefined)
  .listen(Number(process.env.BENCH_PROBE_PORT), "127.0.0.1")
  .unref()
