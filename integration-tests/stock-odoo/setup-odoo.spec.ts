import { randomUUID } from "crypto"

import { setUp, type SetupInput } from "../../src/connection/setup/set-up"
import { NEEDED_FIELDS, SERVICE_PRODUCTS } from "../../src/connection/needs"
import { OdooClient, type Domain, type OdooConnection, type OdooRecord } from "../../src/odoo-client"
import setupOdoo from "../../src/scripts/setup-odoo"
import type { SetupAnswer, SetupStep } from "../../src/wire/answer-schemas/admin"
import { shopSuite } from "../support/suite"
import { typeScript } from "../support/type-script"
import { waitFor } from "../support/wait"
import { odooServer } from "../odoo/client"
import { Line } from "../odoo/line"
import { makeUserKey } from "../odoo/user-key"

const server = odooServer()

/** Currencies of the shop, in which no other test sells. */
const CODES = ["BHD", "OMR"]

const FIELDS = NEEDED_FIELDS.map(({ model, name }) => `field ${name} of ${model}`)
const CURRENCIES = CODES.map((code) => `currency ${code}`)
const PRICELISTS = CODES.map((code) => `pricelist in ${code}`)
const PRODUCTS = Object.values(SERVICE_PRODUCTS).map(({ code }) => `product ${code}`)
const ALL = [...FIELDS, ...CURRENCIES, ...PRICELISTS, ...PRODUCTS]
const PRODUCT_CODES = Object.values(SERVICE_PRODUCTS).map(({ code }) => code)

const OUR_FIELDS: Domain = [["name", "like", "x_medusa_"], ["state", "=", "manual"]]

const ARCHIVED_TOO = { active_test: false }

const connectionOf = (username: string, password: string): OdooConnection => ({ url: server.url, database: server.database, username, password })

/** What stands in Odoo of all that set-up makes. */
async function inOdoo(odoo: OdooClient) {
  const [fields, currencies, pricelists, products] = await Promise.all([
    odoo.searchRead("ir.model.fields", { domain: OUR_FIELDS, fields: ["model", "name", "ttype", "index", "copied", "field_description"], order: "id" }),
    odoo.searchRead("res.currency", { domain: [["name", "in", CODES]], fields: ["name", "active"], order: "name", context: ARCHIVED_TOO }),
    odoo.searchRead("product.pricelist", { domain: [["currency_id.name", "in", CODES]], fields: ["name", "active", "currency_id"], order: "name", context: ARCHIVED_TOO }),
    odoo.searchRead("product.product", { domain: [["default_code", "in", PRODUCT_CODES]], fields: ["default_code", "name", "active", "type", "sale_ok", "purchase_ok", "taxes_id", "supplier_taxes_id", "invoice_policy", "list_price"], order: "id", context: ARCHIVED_TOO }),
  ])
  return { fields, currencies, pricelists, products }
}

/** A user of Odoo with these groups, and a client that speaks for it. */
async function userWith(odoo: OdooClient, ...groups: string[]): Promise<{ login: string; client: OdooClient }> {
  const login = `setup-${randomUUID()}`
  const found = await Promise.all(
    groups.map(async (group) => {
      const [module, name] = group.split(".")
      const [row] = await odoo.searchRead("ir.model.data", { domain: [["module", "=", module], ["name", "=", name]], fields: ["res_id"] })
      return row?.res_id
    })
  )
  const member = (await odoo.fieldsOf("res.users")).has("group_ids") ? "group_ids" : "groups_id"
  await odoo.call("res.users", "create", { vals_list: [{ name: "Set-up", login, password: login, [member]: [[6, 0, found]] }] })
  return { login, client: new OdooClient(connectionOf(login, login)) }
}

const MANAGER = ["base.group_user", "sales_team.group_sale_manager", "stock.group_stock_manager"]

const statesOf = (steps: readonly SetupStep[]) => Object.fromEntries(steps.map(({ what, state }) => [what, state]))
const allOf = (names: readonly string[], state: string) => Object.fromEntries(names.map((name) => [name, state]))
const stepOf = (steps: readonly SetupStep[], what: string) => steps.find((step) => step.what === what)

/** Deletes records, and archives those that orders of other tests use. */
async function clearOut(odoo: OdooClient, model: string, domain: Domain): Promise<void> {
  for (const { id } of await odoo.searchRead(model, { domain, fields: ["id"], context: ARCHIVED_TOO })) {
    await odoo.call(model, "unlink", { ids: [id] }).catch(() => odoo.call(model, "action_archive", { ids: [id] }))
  }
}

/** All fields at once: after each call Odoo loads its models anew, which takes seconds. */
async function dropFields(odoo: OdooClient): Promise<void> {
  const fields = await odoo.searchRead("ir.model.fields", { domain: OUR_FIELDS, fields: ["id"] })
  if (fields.length > 0) {
    await odoo.call("ir.model.fields", "unlink", { ids: fields.map(({ id }) => id) })
  }
}

jest.setTimeout(600_000)

describe("set-up of a real Odoo", () => {
  let odoo: OdooClient

  const run = async (set: Partial<SetupInput> = {}) => {
    const { steps, interruption } = await setUp({ client: odoo, companyId: undefined, currencies: ["omr", "bhd", "OMR"], isDryRun: false, isRemoval: false, ...set })
    expect(interruption).toBeNull()
    // a removal speaks of pricelists too that other tests have left
    return set.isRemoval === true ? steps.filter(({ what }) => ALL.includes(what)) : steps
  }
  const remove = () => run({ isRemoval: true })

  /** Makes Odoo as it was before, but for the fields. */
  const clear = async () => {
    await clearOut(odoo, "product.product", [["default_code", "in", PRODUCT_CODES]])
    await clearOut(odoo, "product.pricelist", [["currency_id.name", "in", CODES]])
    const currencies = await odoo.searchRead("res.currency", { domain: [["name", "in", CODES]], fields: ["name"] })
    await odoo.call("res.currency", "write", { ids: currencies.map(({ id }) => id), vals: { active: false } })
  }

  beforeAll(async () => {
    // by JSON-2; the other users of these tests have a password, and so speak JSON-RPC
    odoo = new OdooClient(connectionOf(server.user, await makeUserKey(server)))
    await dropFields(odoo)
  })
  beforeEach(clear)
  afterAll(async () => {
    await clear()
    await dropFields(odoo)
    odoo.close()
  })

  /** A product that orders of other tests use was archived, and is not made anew. */
  const orRevived = (steps: readonly SetupStep[]) => statesOf(steps.map((step) => ({ ...step, state: step.detail === "It was archived." ? "made" : step.state })))

  it("says what it would do, makes everything in order, finds it there the second time, removes it, and makes it again", async () => {
    const before = await inOdoo(odoo)
    const planned = await run({ isDryRun: true })
    expect(planned.map(({ what }) => what)).toEqual(ALL)
    expect(statesOf(planned)).toMatchObject({ ...allOf([...FIELDS, ...PRICELISTS], "would be made"), ...allOf(CURRENCIES, "would be changed") })
    for (const { state } of planned) {
      expect(state).toMatch(/^would be (made|changed)$/)
    }
    expect(await inOdoo(odoo)).toEqual(before)

    const steps = await run()
    expect(steps.map(({ what }) => what)).toEqual(ALL)
    expect(orRevived(steps)).toEqual({ ...allOf([...FIELDS, ...PRICELISTS, ...PRODUCTS], "made"), ...allOf(CURRENCIES, "changed") })
    const made = await inOdoo(odoo)
    expect(made.fields).toMatchObject(
      NEEDED_FIELDS.map(({ model, name, label, type, isIndexed }) => ({ model, name, field_description: label, ttype: type, index: isIndexed, copied: false }))
    )
    expect(made.currencies).toMatchObject(CODES.map((name) => ({ name, active: true })))
    expect(made.pricelists).toMatchObject(CODES.map((code) => ({ name: `Medusa ${code}`, active: true, currency_id: [expect.any(Number), code] })))
    expect(made.products).toHaveLength(PRODUCTS.length)
    for (const product of made.products) {
      // the company has a tax for new products
      expect(product).toMatchObject({ active: true, type: "service", sale_ok: false, purchase_ok: false, taxes_id: [], supplier_taxes_id: [], invoice_policy: "order", list_price: 0 })
    }

    expect(statesOf(await run())).toEqual(allOf(ALL, "there"))
    const undoing = await run({ isDryRun: true, isRemoval: true })
    expect(statesOf(undoing)).toEqual({ ...allOf([...FIELDS, ...PRICELISTS, ...PRODUCTS], "would be removed"), ...allOf(CURRENCIES, "there") })
    expect(await inOdoo(odoo)).toEqual(made)

    const removed = await remove()
    expect(removed.map(({ what }) => what)).toEqual([...ALL].reverse())
    expect(statesOf(removed)).toEqual({ ...allOf([...FIELDS, ...PRICELISTS, ...PRODUCTS], "removed"), ...allOf(CURRENCIES, "there") })
    const left = await inOdoo(odoo)
    expect(left).toMatchObject({ fields: [], currencies: CODES.map(() => ({ active: true })) })
    // what orders of other tests use is archived
    expect([...left.pricelists, ...left.products].filter(({ active }) => active)).toEqual([])
    for (const step of await remove()) {
      expect(step).toMatchObject({ state: expect.stringMatching(/^(not there|there)$/) })
    }
    expect(await inOdoo(odoo)).toEqual(left)
    expect(orRevived(await run())).toEqual({ ...allOf([...FIELDS, ...PRICELISTS, ...PRODUCTS], "made"), ...allOf(CURRENCIES, "there") })
  })

  it("makes things once, whoever else makes them at the same time", async () => {
    await Promise.all([run(), run()])
    const { products, pricelists } = await inOdoo(odoo)
    expect([products.length, pricelists.length]).toEqual([PRODUCTS.length, CODES.length])
    expect(statesOf(await run())).toEqual(allOf(ALL, "there"))
  })

  it("makes what a sale order in the shop's currency can be made of", async () => {
    await run()
    const { pricelists, products } = await inOdoo(odoo)
    const [partner] = await odoo.searchRead("res.partner", { fields: ["id"], limit: 1 })
    const shipping = products.find(({ default_code: code }) => code === SERVICE_PRODUCTS.shipping.code)
    const order = `order_${randomUUID()}`
    const line = [0, 0, { product_id: shipping?.id, price_unit: 1.255, x_medusa_line_id: "line_1" }]
    const ids = (await odoo.call("sale.order", "create", {
      vals_list: [{ partner_id: partner?.id, x_medusa_order_id: order, pricelist_id: pricelists[0]?.id, order_line: [line] }],
    })) as number[]
    const found = await odoo.searchRead("sale.order", { domain: [["x_medusa_order_id", "=", order]], fields: ["currency_id", "amount_total"] })
    expect(found).toEqual([{ id: ids[0], currency_id: [expect.any(Number), "BHD"], amount_total: 1.255 }])

    const steps = await remove()
    expect(stepOf(steps, "product MEDUSA-SHIPPING")).toEqual({ what: "product MEDUSA-SHIPPING", state: "removed", detail: expect.stringContaining("archived") })
    expect(stepOf(steps, "pricelist in BHD")).toEqual({ what: "pricelist in BHD", state: "removed", detail: expect.stringContaining("archived") })
    expect(stepOf(steps, "pricelist in OMR")).toMatchObject({ state: "removed", detail: null })
    expect(statesOf(await remove())).toMatchObject({ "product MEDUSA-SHIPPING": "there", "pricelist in BHD": "there", "pricelist in OMR": "not there" })
    const [kept] = await odoo.searchRead("sale.order", { domain: [["id", "in", ids]], fields: ["pricelist_id"] })
    expect(kept?.pricelist_id).toEqual([pricelists[0]?.id, expect.any(String)])

    expect(statesOf(await run())).toMatchObject({ "product MEDUSA-SHIPPING": "changed", "pricelist in BHD": "changed", "pricelist in OMR": "made" })
    const again = await inOdoo(odoo)
    expect(again.products.find(({ id }) => id === shipping?.id)).toEqual(shipping)
    expect(again.pricelists[0]).toEqual(pricelists[0])
    await odoo.call("sale.order", "unlink", { ids })
  })

  it("removes the pricelist of a currency that the shop no longer has", async () => {
    await run()
    const steps = await run({ currencies: ["bhd"], isRemoval: true })
    expect(stepOf(steps, "pricelist in OMR")).toMatchObject({ state: "removed" })
  })

  it("brings up to date what an earlier version has made, and says what it can not use", async () => {
    await run()
    const { fields, pricelists, products } = await inOdoo(odoo)
    const fieldOf = (name: string) => fields.find((field) => field.name === name) as OdooRecord
    const label = fieldOf("x_medusa_values")
    const index = fieldOf("x_medusa_order_id")
    const type = fieldOf("x_medusa_line_id")
    await odoo.call("ir.model.fields", "write", { ids: [label.id], vals: { field_description: "Medusa" } })
    await odoo.call("ir.model.fields", "write", { ids: [index.id], vals: { index: false } })
    await odoo.call("ir.model.fields", "unlink", { ids: [type.id] })
    const [model] = await odoo.searchRead("ir.model", { domain: [["model", "=", "sale.order.line"]], fields: ["id"] })
    await odoo.call("ir.model.fields", "create", { vals_list: [{ model_id: model?.id, name: "x_medusa_line_id", field_description: "Medusa line id", ttype: "integer" }] })
    await odoo.call("product.pricelist", "action_archive", { ids: [pricelists[0]?.id] })
    await odoo.call("product.product", "write", { ids: [products[0]?.id], vals: { sale_ok: true, name: "Delivery" } })

    const steps = await run()
    const changed = ["field x_medusa_values of res.partner", "field x_medusa_order_id of sale.order", "pricelist in BHD", `product ${String(products[0]?.default_code)}`]
    const wrong = "field x_medusa_line_id of sale.order.line"
    expect(statesOf(steps)).toEqual({ ...allOf(ALL, "there"), ...allOf(changed, "changed"), [wrong]: "failed" })
    expect(stepOf(steps, wrong)?.detail).toMatch(/type integer.*char is needed/)
    const after = await inOdoo(odoo)
    expect(after.fields).toEqual(expect.arrayContaining([label, index]))
    // the name is a person's
    expect(after.products[0]).toEqual({ ...products[0], name: "Delivery" })
    expect(after.pricelists).toEqual(pricelists)
  })

  it("takes what Odoo has of its own, and does not remove it", async () => {
    const { code } = SERVICE_PRODUCTS.rounding
    const [product] = (await odoo.call("product.product", "create", { vals_list: [{ name: "Rounding", default_code: code }] })) as number[]
    const [currency] = await odoo.searchRead("res.currency", { domain: [["name", "=", "OMR"]], fields: ["id"], context: ARCHIVED_TOO })
    const [pricelist] = (await odoo.call("product.pricelist", "create", { vals_list: [{ name: "Muscat", currency_id: currency?.id }] })) as number[]
    try {
      const steps = await run()
      expect(stepOf(steps, `product ${code}`)).toMatchObject({ state: "there", detail: expect.stringContaining(String(product)) })
      expect(stepOf(steps, "pricelist in OMR")).toMatchObject({ state: "there", detail: expect.stringContaining(String(pricelist)) })
      expect(stepOf(await remove(), "pricelist in OMR")).toMatchObject({ state: "not there" })
      const left = await inOdoo(odoo)
      expect(left.products).toMatchObject(expect.arrayContaining([expect.objectContaining({ id: product, active: true })]))
      expect(left.pricelists).toMatchObject(expect.arrayContaining([expect.objectContaining({ id: pricelist, active: true })]))
    } finally {
      await odoo.call("product.product", "unlink", { ids: [product] })
      await odoo.call("product.pricelist", "unlink", { ids: [pricelist] })
    }
  })

  it("tells of a currency that Odoo lacks, and goes on", async () => {
    const steps = await run({ currencies: ["xqz", "bhd"] })
    expect(stepOf(steps, "currency XQZ")).toEqual({ what: "currency XQZ", state: "needs an administrator", detail: expect.stringContaining("no currency XQZ") })
    expect(statesOf(steps)).toMatchObject({ "pricelist in XQZ": "needs an administrator", "pricelist in BHD": "made" })
  })

  it("names the group that a user lacks, does the rest, and finds all there once an administrator was here", async () => {
    await dropFields(odoo)
    const { client } = await userWith(odoo, ...MANAGER)
    const lacking = { ...allOf([...FIELDS, ...CURRENCIES, ...PRODUCTS], "needs an administrator") }
    expect(statesOf(await run({ client, isDryRun: true }))).toEqual({ ...lacking, ...allOf(PRICELISTS, "would be made") })
    const steps = await run({ client })
    expect(statesOf(steps)).toEqual({ ...lacking, ...allOf(PRICELISTS, "made") })
    for (const [names, group] of [
      [FIELDS, '"Administration / Settings" (in Odoo 19 "Role / Administrator")'],
      [CURRENCIES, '"Accounting / Administrator"'],
      [PRODUCTS, '"Products / Creation" (in Odoo 19 "Products / Create")'],
    ] as const) {
      for (const name of names) {
        expect(stepOf(steps, name)?.detail).toContain(group)
      }
    }
    const seller = await userWith(odoo, "base.group_user", "sales_team.group_sale_salesman_all_leads")
    await clear()
    expect(stepOf(await run({ client: seller.client }), "pricelist in BHD")?.detail).toContain('"Sales / Administrator"')

    await run()
    for (const user of [client, seller.client]) {
      expect(statesOf(await run({ client: user }))).toEqual(allOf(ALL, "there"))
    }
    expect(statesOf(await run({ client: seller.client, isRemoval: true }))).toEqual({ ...allOf(ALL, "needs an administrator"), ...allOf(CURRENCIES, "there") })
    client.close()
    seller.client.close()
  })

  it("has the groups that it names make what it names them for", async () => {
    await dropFields(odoo)
    const groups = [["base.group_system", FIELDS], ["account.group_account_manager", CURRENCIES], ["product.group_product_manager", [...PRICELISTS, ...PRODUCTS]]] as const
    for (const [group, names] of groups) {
      const { client } = await userWith(odoo, "base.group_user", group)
      const states = statesOf(await run({ client, isDryRun: true }))
      expect(names.map((name) => states[name])).toEqual(names.map(() => expect.stringMatching(/^would be/)))
      client.close()
    }
  })

  it("says where it has stopped when Odoo is gone, and goes on from there", async () => {
    await dropFields(odoo)
    const line = new Line(new URL(server.url))
    await line.mend()
    const client = new OdooClient({ ...connectionOf(server.user, server.password), url: line.url, protocol: "json-rpc" })
    const running = setUp({ client, companyId: undefined, currencies: CODES, isDryRun: false, isRemoval: false })
    await waitFor("the first field is there", async () => (await inOdoo(odoo)).fields.length > 0)
    await line.cut()
    const { steps, interruption } = await running
    expect(interruption).toMatchObject({ kind: "transport" })
    expect(steps.at(-1)).toMatchObject({ state: "failed", detail: expect.stringContaining("could not be reached") })
    expect(steps.length).toBeLessThan(ALL.length)
    client.close()
    await run()
    expect(statesOf(await run())).toEqual(allOf(ALL, "there"))
    await expect(setUp({ client, companyId: undefined, currencies: CODES, isDryRun: false, isRemoval: false })).rejects.toMatchObject({ kind: "transport" })
  })
})

const CONNECTION = { ODOO_URL: server.url, ODOO_DB_NAME: server.database, ODOO_USERNAME: server.user, ODOO_PASSWORD: server.password, ODOO_FLOWS: "none" }

shopSuite({ env: CONNECTION }, (bench) => {
  describe("a shop that is connected to a real Odoo", () => {
    const type = (...words: string[]) => typeScript(bench.container, setupOdoo, ...words)
    const post = async (body: object) => {
      const { status, data } = await (await bench.admin()).post<SetupAnswer>("/admin/odoo/setup-odoo", body)
      return { status, data }
    }

    /** The options as they were, when the test is over. */
    const connectedBy = async (set: object, work: () => Promise<void>) => {
      const { options } = bench.odoo
      const { odoo } = options
      options.odoo = { ...odoo, connection: { ...odoo.connection!, ...set } }
      try {
        await work()
      } finally {
        options.odoo = odoo
      }
    }

    it("is set up by the script and by the route, in the shop's own currencies", async () => {
      await type("--remove")
      const dry = await type("--dry-run")
      expect(dry).toMatchObject({ code: 0, output: expect.stringMatching(/field x_medusa_order_id of sale\.order +would be made[^]*Nothing was changed\./) })
      const { status, data } = await post({})
      expect([status, data.success]).toEqual([200, true])
      expect(stepOf(data.steps, FIELDS[0]!)).toMatchObject({ state: "made" })
      expect(data.steps.map(({ what }) => what)).toEqual(expect.arrayContaining(["currency KWD", "pricelist in KWD"]))
      expect(await type()).toMatchObject({ code: 0, output: expect.stringMatching(/pricelist in KWD +there[^]*All is well\./) })
      expect((await post({ dry_run: true, remove: true })).data.steps[0]).toMatchObject({ state: "would be removed" })
      expect((await post({ remove: true })).data).toMatchObject({ success: true })
    })

    it("tells by the exit code that an administrator is needed, and that Odoo was not reached", async () => {
      await type("--remove")
      const odoo = new OdooClient(connectionOf(server.user, server.password))
      const { login, client } = await userWith(odoo, ...MANAGER)
      client.close()
      odoo.close()
      await connectedBy({ username: login, password: login }, async () => {
        expect(await type("--dry-run")).toMatchObject({ code: 2, output: expect.stringMatching(/needs an administrator[^]*Odoo is not ready/) })
        expect((await post({ dry_run: true })).data.success).toBe(false)
      })
      await connectedBy({ password: "not-the-password" }, async () => {
        const { code, output } = await type("--dry-run")
        expect([code, output]).toEqual([1, expect.stringContaining("does not accept the user")])
        expect(output).not.toContain("not-the-password")
      })
      await connectedBy({ url: "http://127.0.0.1:1" }, async () => {
        expect(await type()).toMatchObject({ code: 1, output: expect.stringContaining("could not be reached") })
        expect(await post({})).toMatchObject({ status: 500, data: { code: "SYNC_FAILED", message: expect.stringContaining("could not be reached") } })
      })
      expect(await type("remove")).toMatchObject({ code: 1, output: expect.stringContaining("two dashes") })
    })
  })
})
