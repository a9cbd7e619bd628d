import type { OdooRecord } from "../../../odoo-client"
import { mend, named, orWell, well, type Check, type CheckInput, type Finding } from "../check"

const isSame = (one: string, other: unknown) => typeof other === "string" && one.toLowerCase() === other.toLowerCase()

/** Whether an entry of the option means a place in Odoo: by the id, or by one of its names. */
const means = (entry: string, place: OdooRecord) => entry === String(place.id) || [place.complete_name, place.name, place.code].some((name) => isSame(entry, name))

/** Odoo's warehouses and internal locations. */
async function odooPlaces({ client }: CheckInput): Promise<OdooRecord[]> {
  const [warehouses, locations] = await Promise.all([
    client.searchRead("stock.warehouse", { fields: ["name", "code"] }),
    client.searchRead("stock.location", { domain: [["usage", "in", ["internal", "view", "transit"]]], fields: ["complete_name", "name"] }),
  ])
  return [...warehouses, ...locations]
}

const IN_OPTION = "in odoo.locations (ODOO_LOCATIONS)"

async function faults(input: CheckInput): Promise<Finding[]> {
  const { options, shop } = input
  const places = await odooPlaces(input)
  const leadsTo = (target: string, { id, name }: ShopLocation) => target === id || isSame(target, name)
  const targets = Object.values(options.locations)
  const lackedByOdoo = Object.keys(options.locations).filter((entry) => !places.some((place) => means(entry, place)))
  const lackedByShop = targets.filter((target) => !shop.stockLocations.some((location) => leadsTo(target, location)))
  const without = shop.stockLocations.filter((location) => !targets.some((target) => leadsTo(target, location)))
  return [
    ...lackedByOdoo.map((entry) =>
      mend("locations", `Odoo has no warehouse or location "${entry}".`, `Write its id, its code or its full name, such as WH/Stock, ${IN_OPTION}.`)
    ),
    ...lackedByShop.map((target) => mend("locations", `The shop has no stock location "${target}".`, `Write the id or the name of one ${IN_OPTION}.`)),
    ...without.map(({ name }) => mend("locations", `No warehouse or location of Odoo leads to the stock location "${name}".`, `Add an entry for it ${IN_OPTION}.`)),
  ]
}

type ShopLocation = CheckInput["shop"]["stockLocations"][number]

async function run(input: CheckInput): Promise<Finding[]> {
  const entries = Object.keys(input.options.locations)
  return entries.length === 0 ? [] : orWell(await faults(input), well("locations", `Shop and Odoo have the locations of the option: ${named(entries)}.`))
}

/** The option that maps locations, where it is set. */
export const locations: Check = { name: "locations", run }
