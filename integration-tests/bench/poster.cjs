// Posts bodies with axios as quickly as so many connections allow: a thread of its own, told what to post as its data.
const { parentPort, workerData } = require("node:worker_threads")
const { Agent } = require("node:http")
const axios = require("axios")

const { url, bodies, concurrency } = workerData
const client = axios.create({ httpAgent: new Agent({ keepAlive: true }), headers: { "content-type": "application/json" } })

async function post(queue) {
  for (const body of queue) {
    await client.post(url, body)
  }
}

async function main() {
  // what it is to be compared with has been at it for a while, too
  await post(bodies.slice(0, 500).values())
  const start = performance.now()
  const queue = bodies.values()
  await Promise.all(Array.from({ length: concurrency }, () => post(queue)))
  parentPort.postMessage(performance.now() - start)
}

void main()
