import { randomBytes } from "crypto"
import { parseArgs } from "util"

import { Cleanup } from "../support/cleanup"
import { isPortFree } from "../support/ports"
import { OdooStandIn } from "../support/odoo-stand-in"
import { startPostgres } from "../support/postgres"
import { databaseFor, DemoFolder, ownDatabase } from "./folder"
import { makeAdmin, migrate, seed, startMedusa } from "./medusa"
import { Screen } from "./screen"
import { walk } from "./walk"

const HELP = `npm run demo -- [options]

  --port <number>       where Medusa listens (9000, or PORT)
  --odoo-port <number>  where the stand-in for Odoo listens (9800, or ODOO_PORT)
  --once                end after the walk instead of staying up
  --help

Environment: DATABASE_URL uses a Postgres of yours, ODOO_WEBHOOK_URL (and ODOO_WEBHOOK_SECRET) an Odoo of yours.
`

type Settings = { port: number; odooPort: number; once: boolean }

function readPort(text: string, name: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Error(`${name} must be a port, from 1 to 65535; it is "${text}".`)
  }
  return port
}

function readSettings(): Settings | undefined {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: process.env.PORT || "9000" },
      "odoo-port": { type: "string", default: process.env.ODOO_PORT || "9800" },
      once: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  })
  if (values.help) {
    process.stdout.write(HELP)
    return undefined
  }
  return {
    port: readPort(values.port, "--port"),
    odooPort: readPort(values["odoo-port"], "--odoo-port"),
    once: values.once,
  }
}

async function requireFreePort(port: number, option: string, what: string): Promise<void> {
  if (!(await isPortFree(port))) {
    throw new Error(`Port ${String(port)}, for ${what}, is taken by another program. Choose another one: npm run demo -- ${option} ${String(port < 65535 ? port + 1 : port - 1)}`)
  }
}

/** An address as it may be shown: without the name and password that it may carry. */
function withoutCredentials(address: string): string {
  const url = new URL(address)
  url.username = ""
  url.password = ""
  return url.href
}

/** Where the webhooks go: to the Odoo that the environment names, or to a stand-in of ours. */
async function receiver(settings: Settings, cleanup: Cleanup): Promise<{ url: string; isStandIn: boolean }> {
  if (process.env.ODOO_WEBHOOK_URL) {
    return { url: process.env.ODOO_WEBHOOK_URL, isStandIn: false }
  }
  const standIn = new OdooStandIn()
  await standIn.start(settings.odooPort)
  cleanup.add("the stand-in for Odoo", () => standIn.stop())
  return { url: standIn.url, isStandIn: true }
}

async function demo(settings: Settings, screen: Screen, cleanup: Cleanup): Promise<void> {
  screen.title("medusa-plugin-odoo: a Medusa shop linked to Odoo")
  await requireFreePort(settings.port, "--port", "Medusa")
  if (!process.env.ODOO_WEBHOOK_URL) {
    await requireFreePort(settings.odooPort, "--odoo-port", "the stand-in for Odoo")
  }
  if (settings.port === settings.odooPort) {
    throw new Error("Medusa and the stand-in for Odoo can not listen on the same port. Choose another one with --odoo-port.")
  }
  const folder = new DemoFolder()
  cleanup.add("the demo's mark", () => {
    folder.leave()
    return undefined
  })
  folder.enter()

  const database = await screen.task(process.env.DATABASE_URL ? "Using the Postgres of DATABASE_URL" : "Starting the embedded Postgres", async () => {
    if (process.env.DATABASE_URL) {
      return await ownDatabase(process.env.DATABASE_URL, folder)
    }
    const starting = startPostgres({ dataDir: folder.path("postgres"), durable: true })
    cleanup.add("Postgres", () => starting.then((postgres) => postgres.stop()))
    return await databaseFor(await starting, folder)
  })
  const odoo = await receiver(settings, cleanup)
  const environment = {
    DATABASE_URL: database,
    PORT: String(settings.port),
    ODOO_WEBHOOK_URL: odoo.url,
    // an Odoo of yours gets no signature that it can not check
    ...(odoo.isStandIn ? { ODOO_WEBHOOK_SECRET: `whsec_${randomBytes(24).toString("base64")}` } : {}),
  }
  await screen.task("Preparing the database (the first time takes half a minute)", () => migrate(folder, environment, cleanup))
  const shop = await screen.task("Stocking a small shop in Kuwait", () => seed(folder, environment, cleanup))
  const admin = await screen.task("Making an admin of the shop", () => makeAdmin(folder, environment, cleanup))
  const medusa = await screen.task("Starting Medusa with the plugin", () => startMedusa(folder, environment, cleanup))

  const shown = { ...odoo, url: withoutCredentials(odoo.url) }
  await walk({ screen, shop, baseUrl: medusa.url, odoo: shown })
  screen.addresses({ shop, admin, baseUrl: medusa.url, odoo: shown, logFile: medusa.logFile })
  if (!settings.once) {
    screen.line("\nIt stays up until you press Ctrl-C.")
    await Promise.race([medusa.ended, cleanup.asked])
  }
}

async function main(): Promise<number> {
  const screen = new Screen()
  const cleanup = new Cleanup(screen)
  try {
    const settings = readSettings()
    if (settings !== undefined) {
      await Promise.race([demo(settings, screen, cleanup), cleanup.asked])
    }
    return 0
  } catch (error) {
    screen.failure(error instanceof Error ? error.message : String(error))
    return 1
  } finally {
    await cleanup.run()
  }
}

void main().then((code) => process.exit(code))
