import { randomUUID } from "crypto"

import { newClientOf } from "../../src/connection/client"
import { examine } from "../../src/connection/doctor/examine"
import type { ShopFacts } from "../../src/connection/doctor/check"
import { readShop } from "../../src/connection/doctor/read-shop"
import type { DirectOptions } from "../../src/modules/odoo/odoo-options"
import doctor from "../../src/scripts/doctor"
import type { DoctorAnswer, DoctorFinding } from "../../src/wire/answer-schemas/admin"
import { KUWAIT_SHOP } from "../support/shop"
import { shopSuite } from "../support/suite"
import { typeScript } from "../support/type-script"
import { OdooClient, odooServer } from "../odoo/client"
import { MadeInOdoo } from "./made-in-odoo"
import { makeUserKey } from "../odoo/user-key"

const server = odooServer()

/** A rate that no Odoo has by itself. */
const TAX_RATE = 7.25

const env = {
  ODOO_URL: server.url,
  ODOO_DB_NAME: server.database,
  ODOO_USERNAME: server.user,
  ODOO_PASSWORD: server.password,
  ODOO_FLOWS: "orders,customers",
}

shopSuite({ env, shop: { ...KUWAIT_SHOP, taxRate: TAX_RATE } }, (bench) => {
  const odoo = new OdooClient(server)
  const shopInOdoo = new MadeInOdoo(odoo)
  let broken: MadeInOdoo
  let taxId: number
  let booted: DirectOptions | undefined

  beforeAll(async () => {
    await shopInOdoo.setUp(["KWD"])
    for (const sku of Object.keys(bench.shop.variants)) {
      await shopInOdoo.have("product.product", [["default_code", "=", sku]], { name: `Product ${sku}`, default_code: sku })
    }
    taxId = await shopInOdoo.make("account.tax", { name: `Doctor ${randomUUID()}`, amount: TAX_RATE, amount_type: "percent", type_tax_use: "sale" })
  }, 300_000)
  beforeEach(() => {
    broken = new MadeInOdoo(odoo)
    booted ??= bench.odoo.options.odoo
  })
  afterEach(async () => {
    await broken.end()
    configure({})
  })
  afterAll(async () => {
    await shopInOdoo.end()
  }, 300_000)

  /** Sets options of the direct connection for one test. */
  function configure({ connection, ...options }: Partial<Omit<DirectOptions, "connection">> & { connection?: Partial<DirectOptions["connection"]> }): void {
    if (booted !== undefined) {
      bench.odoo.options.odoo = { ...booted, ...options, connection: booted.connection && { ...booted.connection, ...connection } }
    }
  }

  const ask = async () => {
    const { output, code } = await typeScript(bench.container, doctor, "--json")
    return { ...(JSON.parse(output) as DoctorAnswer), code }
  }
  const faultsIn = (findings: readonly DoctorFinding[]) => findings.filter(({ state }) => state !== "well")
  const fault = (check: DoctorFinding["check"], sentence: string, remedy: string) =>
    expect.objectContaining({ check, state: "mend", sentence: expect.stringContaining(sentence) as string, remedy: expect.stringContaining(remedy) as string }) as unknown

  /** Expects one fault and nothing else. */
  const expectFault = async (check: DoctorFinding["check"], sentence: string, remedy: string) => {
    const { findings, score, code } = await ask()
    expect(faultsIn(findings)).toEqual([fault(check, sentence, remedy)])
    expect(code).toBe(2)
    expect(score).toBeGreaterThan(80)
    expect(score).toBeLessThan(100)
  }

  const examineWith = async (facts: Partial<ShopFacts>, now = () => new Date()) => {
    const { odoo: options } = bench.odoo.options
    const client = newClientOf(options)!
    try {
      return await examine({ client, options, shop: { ...(await readShop(bench.container)), ...facts }, now })
    } finally {
      client.close()
    }
  }

  it("finds a shop and an Odoo that are set up well", async () => {
    const { findings, score, code, success } = await ask()
    expect(faultsIn(findings)).toEqual([])
    expect({ score, code, success }).toEqual({ score: 100, code: 0, success: true })
    expect(findings.map(({ check }) => check)).toEqual([
      "connection", "version", "database", "user", "rights", "apps", "fields", "products", "clock", "currencies", "pricelists", "price_decimals", "taxes",
      "variants_without_sku", "duplicate_skus", "unknown_skus",
    ])
  })

  /** Switches a currency off, which archives its pricelists. */
  const switchOff = async (currency: string) => {
    await broken.set("product.pricelist", [["currency_id.name", "=", currency], ["active", "=", true]], "active", false)
    await broken.set("res.currency", [["name", "=", currency]], "active", false)
  }

  it("shows the same to people and by the admin route", async () => {
    await switchOff("KWD")
    const { output, code } = await typeScript(bench.container, doctor)
    expect(code).toBe(2)
    expect(output).toContain("To mend\n  currencies: The currency KWD is switched off in Odoo.\n    Remedy: Activate it in Odoo")
    expect(output.trim()).toMatch(/\n\nWell\n {2}connection: Odoo answers\.\n[^]*\n\nScore: \d+ of 100$/)
    const { status, data } = await (await bench.admin()).get<DoctorAnswer>("/admin/odoo/doctor")
    const { code: _, ...printed } = await ask()
    expect([status, data]).toEqual([200, printed])
  })

  it("says which options are missing where none name an Odoo", async () => {
    bench.odoo.options.odoo = { ...bench.odoo.options.odoo, connection: null }
    const { output, code } = await typeScript(bench.container, doctor)
    expect(output).toMatch(/Set odoo\.url, odoo\.username and odoo\.password/)
    expect(code).toBe(1)
    expect((await (await bench.admin()).get("/admin/odoo/doctor")).status).toBe(409)
  })

  describe("where nobody gets in", () => {
    const checks = ({ findings }: DoctorAnswer) => findings.map(({ check, state }) => `${check} ${state}`)

    it("names a wrong password, and not the password", async () => {
      const password = `wrong-${randomUUID()}`
      configure({ connection: { password } })
      const answer = await ask()
      expect(checks(answer)).toEqual(["connection well", "version well", "database well", "user mend", "rest unknown"])
      expect(answer.findings[3]).toEqual(fault("user", "does not accept the user", "Check odoo.username and odoo.password"))
      expect([answer.code, answer.score]).toEqual([2, 75])
      expect(JSON.stringify(answer)).not.toContain(password)
    })

    it.each([
      ["unknown", "no_such_database", "no database of that name"],
      ["missing", null, "does not name the database"],
    ])("names a database that is %s", async (_, database, sentence) => {
      configure({ connection: { database } })
      const answer = await ask()
      expect(checks(answer)).toEqual(["connection well", "version well", "database mend", "rest unknown"])
      expect(answer.findings[2]).toEqual(fault("database", sentence, "Set odoo.database (ODOO_DB_NAME)"))
      expect(answer.code).toBe(2)
    })

    it("says that a port at which nobody listens can not be reached, in one sentence", async () => {
      configure({ connection: { url: "http://127.0.0.1:1" } })
      const { findings, score, code } = await ask()
      expect(findings).toEqual([
        { check: "connection", state: "unknown", sentence: "Odoo could not be reached.", remedy: expect.stringMatching(/^Check the name and the port in odoo\.url/) as string },
        { check: "rest", state: "unknown", sentence: expect.stringContaining("rights") as string, remedy: null },
      ])
      expect({ score, code }).toEqual({ score: 0, code: 1 })
    })

    it("names an address at which something else listens", async () => {
      configure({ connection: { url: bench.standIn.url } })
      const { findings, code } = await ask()
      expect(findings[0]).toEqual(fault("connection", "does not answer as an Odoo", "Set odoo.url"))
      expect(code).toBe(2)
    })
  })

  describe("for a user without rights", () => {
    const login = `seller-${randomUUID()}`
    let password: string

    beforeAll(async () => {
      const idOf = async (module: string, name: string) =>
        (await odoo.search<{ res_id: number }>("ir.model.data", [["module", "=", module], ["name", "=", name]], ["res_id"]))[0]?.res_id
      const groups = [await idOf("base", "group_user"), await idOf("sales_team", "group_sale_salesman_all_leads")]
      password = randomUUID()
      const id = await odoo.create("res.users", { name: "Seller", login, password, group_ids: [[6, 0, groups]] })
      password = await makeUserKey({ ...server, user: login, password })
      shopSellers.push(id)
    })
    const shopSellers: number[] = []
    afterAll(async () => {
      await odoo.call("res.users", "unlink", [shopSellers])
    })

    it("names each right with its group, and the end of the key", async () => {
      configure({ connection: { username: login, password } })
      const { findings, code } = await ask()
      expect(faultsIn(findings)).toEqual([
        fault("key", "The API key of the user in Odoo ends today", "Make the next key in Odoo"),
        fault("rights", "may not make and change contacts for customers (res.partner, create)", 'group "Contact / Creation"'),
        fault("rights", "may not make credit notes for refunds (account.move, create)", 'group "Accounting / Invoicing"'),
      ])
      expect(findings).toContainEqual(expect.objectContaining({ check: "plan", state: "well" }))
      expect(code).toBe(2)
    })

    it("says who may make a pricelist", async () => {
      await broken.set("res.currency", [["name", "=", "JOD"]], "active", true)
      configure({ connection: { username: login, password } })
      const { findings } = await examineWith({ currencies: ["KWD", "JOD"] })
      expect(findings).toContainEqual(fault("pricelists", "no pricelist in JOD", 'needs the group "Sales / Administrator"'))
    })

    it("names a key of somebody else", async () => {
      configure({ connection: { password } })
      expect((await ask()).findings).toContainEqual(fault("user", "The key belongs to another user", "Set odoo.username"))
    })
  })

  describe("what is set up", () => {
    it("names a missing field", async () => {
      const [field] = await odoo.search("ir.model.fields", [["model", "=", "stock.picking"], ["name", "=", "x_medusa_return_id"]], [])
      await odoo.call("ir.model.fields", "unlink", [[field!.id]])
      try {
        await expectFault("fields", "Odoo lacks fields of the shop: stock.picking.x_medusa_return_id.", "Run setup-odoo")
      } finally {
        await shopInOdoo.setUp(["KWD"])
      }
    })

    it("names a product that is archived", async () => {
      await broken.set("product.product", [["default_code", "=", "MEDUSA-ROUNDING"]], "active", false)
      await expectFault("products", "MEDUSA-ROUNDING", "Run setup-odoo")
    })

    it("names a difference of the clocks", async () => {
      const { findings } = await examineWith({}, () => new Date(Date.now() - 300_000))
      expect(faultsIn(findings)).toEqual([fault("clock", "seconds ahead of the shop's", "NTP")])
      expect(faultsIn(findings)[0]?.sentence).toMatch(/ (299|300|301) seconds/)
    })
  })

  describe("money", () => {
    it("names a currency that is switched off, one with other decimals, and one that is not there", async () => {
      await switchOff("KWD")
      expect(faultsIn((await ask()).findings)).toEqual([
        fault("currencies", "The currency KWD is switched off in Odoo.", "Activate it in Odoo"),
        fault("pricelists", "no pricelist in KWD", "Run setup-odoo"),
      ])
      await broken.end()
      await broken.set("res.currency", [["name", "=", "JOD"]], "active", true)
      await broken.set("res.currency", [["name", "=", "JOD"]], "rounding", 0.01)
      const { findings } = await examineWith({ currencies: ["KWD", "JOD", "XXZ"] })
      expect(faultsIn(findings)).toEqual([
        fault("currencies", "The currency JOD has 2 decimals in Odoo, and 3 in the shop.", "Set its rounding factor to 0.001 in Odoo"),
        fault("currencies", "Odoo has no currency XXZ.", "Make it in Odoo"),
        fault("pricelists", "no pricelist in JOD", "Run setup-odoo"),
        fault("pricelists", "no pricelist in XXZ", "Run setup-odoo"),
      ])
    })

    it("names a tax that is archived", async () => {
      await broken.set("account.tax", [["id", "=", taxId]], "active", false)
      await expectFault("taxes", "no sales tax for the shop's tax of 7.25 %, on top of prices", "Make or activate a sales tax of 7.25 %")
    })
  })

  describe("locations", () => {
    it("names what the option leads to and neither side has", async () => {
      const [place] = await odoo.search<{ complete_name: string }>("stock.location", [["usage", "=", "internal"]], ["complete_name"])
      configure({ locations: { [place!.complete_name]: bench.shop.locationName } })
      expect((await ask()).findings).toContainEqual(expect.objectContaining({ check: "locations", state: "well" }))
      configure({ locations: { "WH/Nowhere": "Elsewhere" } })
      expect(faultsIn((await ask()).findings)).toEqual([
        fault("locations", 'Odoo has no warehouse or location "WH/Nowhere".', "in odoo.locations (ODOO_LOCATIONS)"),
        fault("locations", 'The shop has no stock location "Elsewhere".', "in odoo.locations (ODOO_LOCATIONS)"),
        fault("locations", `leads to the stock location "${bench.shop.locationName}"`, "Add an entry"),
      ])
    })
  })

  describe("SKUs", () => {
    it("names one that several products have", async () => {
      await broken.make("product.product", { name: "Another", default_code: "SHIRT-M" })
      await expectFault("duplicate_skus", "1 SKU of the shop is the internal reference of several products of Odoo: SHIRT-M.", "internal reference of its own")
    })

    it("names one that no product has, and finds one that is a bar code", async () => {
      await broken.set("product.product", [["default_code", "=", "SHIRT-S"]], "default_code", false)
      await expectFault("unknown_skus", "Odoo lacks 1 SKU of the shop: SHIRT-S.", "Orders with them are held until then.")
      await broken.make("product.product", { name: "By bar code", barcode: "SHIRT-S" })
      expect(await ask()).toMatchObject({ score: 100, code: 0 })
    })

    it("names a variant without one, and nothing of a draft", async () => {
      const products = bench.container.resolve("product")
      const { variants } = bench.shop
      await products.updateProductVariants(variants["MUG-WHITE"]!.id, { sku: null })
      await expectFault("variants_without_sku", "1 published variant of the shop has no SKU: Coffee mug, White.", "Give each a SKU")
      const [mug] = await products.listProducts({ handle: "coffee-mug" }, { select: ["id"] })
      await products.updateProducts(mug!.id, { status: "draft" })
      expect((await ask()).score).toBe(100)
    })

    it("compares a large catalogue within seconds", async () => {
      const stem = randomUUID()
      const page = (from: number) => Array.from({ length: 1_000 }, (_, index) => ({ id: `v${String(from + index)}`, sku: `${stem}-${String(from + index)}`, name: "Variant" }))
      const start = Date.now()
      const { findings } = await examineWith({
        variants: async function* () {
          for (let from = 0; from < 20_000; from += 1_000) {
            yield await Promise.resolve(page(from))
          }
        },
      })
      expect(Date.now() - start).toBeLessThan(20_000)
      expect(findings.find(({ check }) => check === "unknown_skus")).toMatchObject({ state: "mend", details: { count: 20_000, examples: { length: 20 } } })
    })
  })
})
