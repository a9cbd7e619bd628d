// Loaded into the Medusa that is measured, ahead of it: tells how much memory it takes, and where its time goes.
const { writeFileSync } = require("node:fs")
const { createServer } = require("node:http")
const { Session } = require("node:inspector")

const EVERY_MS = 20
const COLLECT_EVERY_MS = 50

let peak = 0
const look = () => {
  peak = Math.max(peak, process.memoryUsage.rss())
}

/** What is alive, when that began to be watched and at the most since; what the process takes shows growth only the first time. */
const live = { before: 0, most: 0, timer: undefined }

const lookAtLive = () => {
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  live.most = Math.max(live.most, heapUsed + external)
}

function watchLive() {
  live.most = 0
  lookAtLive()
  live.before = live.most
  live.timer = setInterval(lookAtLive, COLLECT_EVERY_MS)
}

function liveGrowth() {
  clearInterval(live.timer)
  return live.most - live.before
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

const ANSWERS = {
  "/": () => ({ peak }),
  "/reset": () => {
    peak = process.memoryUsage.rss()
    startProfile()
  },
  "/watch-live": watchLive,
  "/live-growth": () => ({ growth: liveGrowth() }),
}

createServer((request, response) => {
  look()
  response.end(JSON.stringify(ANSWERS[request.url]?.() ?? {}))
})
  // a process that Medusa starts itself finds the port taken, and is not the one that is measured
  .on("error", () => undefined)
  .listen(Number(process.env.BENCH_PROBE_PORT), "127.0.0.1")
  .unref()
