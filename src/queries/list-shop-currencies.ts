import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

/** The codes of the currencies that the shop can sell in, as Medusa writes them: the stores' and those of the regions. */
export async function listShopCurrencies(container: MedusaContainer): Promise<string[]> {
  const [stores, regions] = await Promise.all([
    container.resolve(Modules.STORE).listStores({}, { select: ["id"], relations: ["supported_currencies"] }),
    container.resolve(Modules.REGION).listRegions({}, { select: ["currency_code"] }),
  ])
  const ofStores = stores.flatMap(({ supported_currencies: currencies = [] }) => currencies.map(({ currency_code: code }) => code))
  return [...new Set([...ofStores, ...regions.map(({ currency_code: code }) => code)])]
}
