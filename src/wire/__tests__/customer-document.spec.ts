import { customerDocument, customerStatistics, type CustomerSource } from "../customer-document"

const customer = (members: Partial<CustomerSource> = {}): CustomerSource => ({
  id: "cus_1",
  created_at: "2026-11-21T17:34:58.123Z",
  updated_at: new Date("2026-11-21T17:34:58.123Z"),
  ...members,
})

describe("customerDocument", () => {
  it("shows what a customer has not told as empty strings, never null", () => {
    expect(customerDocument(customer({ email: null, first_name: null, addresses: null, metadata: null }), null)).toEqual({
      id: "cus_1",
      email: "",
      first_name: "",
      last_name: "",
      phone: "",
      company_name: "",
      has_account: false,
      created_at: "2026-11-21T17:34:58.123Z",
      updated_at: "2026-11-21T17:34:58.123Z",
      addresses: [],
      metadata: { odoo_synced: false, odoo_customer_id: null, odoo_sync_date: null },
      odoo: { synced: false, odoo_customer_id: null, synced_at: null },
    })
  })

  it("shows the email in lower case", () => {
    expect(customerDocument(customer({ email: "Layla@Example.COM" }), null).email).toBe("layla@example.com")
  })

  it("shows each address with its texts, and which is the default", () => {
    const { addresses } = customerDocument(
      customer({ addresses: [{ id: "cuaddr_1", city: "Kuwait City", province: null, is_default_shipping: true }] }),
      null
    )
    expect(addresses).toEqual([
      expect.objectContaining({ id: "cuaddr_1", city: "Kuwait City", province: "", is_default_shipping: true, is_default_billing: false }),
    ])
  })

  it("shows the link, and lets it overrule what the metadata says", () => {
    const link = { odoo_id: "42", odoo_name: "Layla", synced_at: new Date("2026-11-21T18:00:00Z") }
    const source = customer({ metadata: { vip: true, odoo_customer_id: 5 } })
    expect(customerDocument(source, link).metadata).toEqual({
      vip: true, odoo_synced: true, odoo_customer_id: 42, odoo_customer_name: "Layla", odoo_sync_date: "2026-11-21T18:00:00.000Z",
    })
    expect(customerDocument(source, null).metadata).toEqual({
      vip: true, odoo_synced: false, odoo_customer_id: null, odoo_sync_date: null,
    })
  })
})

describe("customerStatistics", () => {
  const spending = [
    { currency_code: "jpy", order_count: 1, total_spent: "500" },
    { currency_code: "kwd", order_count: 2, total_spent: "13.255" },
  ]

  it("counts all orders, and adds up what was spent in the store's currency", () => {
    const sums = { order_count: 3, total_spent: 13255 }
    expect(customerStatistics(spending, { defaultCurrency: "kwd", unit: "minor" })).toEqual({
      ...sums,
      stats: {
        ...sums,
        by_currency: [
          { currency_code: "jpy", order_count: 1, total_spent: 500 },
          { currency_code: "kwd", order_count: 2, total_spent: 13255 },
        ],
      },
    })
  })

  it("speaks major units where the store does", () => {
    expect(customerStatistics(spending, { defaultCurrency: "KWD", unit: "major" }).total_spent).toBe(13.255)
  })

  it.each(["usd", null])("has spent nothing in a currency that was not paid with (%p)", (defaultCurrency) => {
    expect(customerStatistics(spending, { defaultCurrency, unit: "minor" })).toMatchObject({ order_count: 3, total_spent: 0 })
  })

  it("is zeros for who has bought nothing", () => {
    expect(customerStatistics([], { defaultCurrency: "kwd", unit: "minor" })).toEqual({
      order_count: 0, total_spent: 0, stats: { order_count: 0, total_spent: 0, by_currency: [] },
    })
  })
})
