import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { clearInstances, configLoaderOverride, startApp } from "@medusajs/test-utils"

import { ErrorLog } from "./error-log"
import { TestDatabase } from "./test-database"
import { waitFor } from "./wait"

/** A Medusa that runs in this process with this repository as its application, and its database. */
export type BootedMedusa = {
  readonly container: MedusaContainer
  readonly url: string
  readonly database: TestDatabase
  readonly errors: ErrorLog
  /** waits until no workflow is at work */
  readonly rest: () => Promise<void>
  readonly shutdown: () => Promise<void>
}

/** Boots Medusa on a copy of the migrated database. */
export async function bootMedusa(): Promise<BootedMedusa> {
  const worker = process.env.JEST_WORKER_ID ?? "1"
  const database = await TestDatabase.create(`medusa-test-${worker}-${String(process.pid)}`)
  const cwd = process.cwd()
  await configLoaderOverride(cwd, { clientUrl: database.url, debug: false })
  const { container, port, shutdown } = await startApp({ cwd })
  const errors = new ErrorLog(container.resolve(ContainerRegistrationKeys.LOGGER))
  const rest = async () => {
    const engine = container.resolve(Modules.WORKFLOW_ENGINE)
    await waitFor("no workflow is at work", async () => {
      const atWork = await engine.listWorkflowExecutions({ state: { $nin: ["not_started", "done", "reverted", "failed"] } })
      return atWork.length === 0
    })
  }
  await rest()
  await database.checkpointBoot()
  return {
    container,
    url: `http://localhost:${String(port)}`,
    database,
    errors,
    rest,
    shutdown: async () => {
      await shutdown()
      await clearInstances()
      await container.resolve(ContainerRegistrationKeys.PG_CONNECTION).destroy()
      await database.drop()
    },
  }
}
