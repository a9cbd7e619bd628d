import { resolveOptions } from "../options"

const DIRECT = {
  connection: null,
  flows: [],
  orderReference: "MEDUSA-{display_id}",
  confirm: "always",
  unknownSku: "hold",
  totalTolerance: 0,
  discounts: "percent",
  fiscalPositions: false,
  overwritePartners: false,
  creditNotes: "draft",
  salesTeams: {},
  locations: {},
}

/** The variables by which a stock Odoo is connected. */
const FOUR = { ODOO_URL: "https://shop.odoo.com", ODOO_DB_NAME: "shop", ODOO_USERNAME: "medusa@shop.com", ODOO_PASSWORD: "secret" }

describe("the plugin's options", () => {
  it("have defaults for everything that can have one", () => {
    expect(resolveOptions({}, {})).toEqual({
      apiKey: null,
      amountUnit: "minor",
      defaultLocationId: null,
      bodyLimit: 5_242_880,
      idempotencyTtl: 604_800_000,
      retention: 2_592_000_000,
      rateLimit: 6000,
      createProductsFromWebhooks: false,
      legacyAdminApi: false,
      orderStatusEffects: true,
      quantityIs: "on_hand",
      fractionalQuantities: false,
      refundOnCancel: false,
      salesChannelId: null,
      shippingProfileId: null,
      sweepInterval: 60_000,
      odoo: DIRECT,
      webhook: {
        url: null,
        events: ["order.created", "order.status_updated", "customer.created", "customer.updated"],
        urls: {},
        secrets: [],
        database: null,
        retrySchedule: [60_000, 300_000, 900_000],
        timeoutMs: 10_000,
        concurrency: 8,
        replayAfterOutage: true,
      },
    })
  })

  it("come from the environment where the configuration leaves them out", () => {
    const environment = {
      ODOO_API_KEY: "a-key-from-the-environment",
      ODOO_AMOUNT_UNIT: "major",
      ODOO_DEFAULT_LOCATION_ID: "sloc_1",
      ODOO_BODY_LIMIT: "500kb",
      ODOO_IDEMPOTENCY_TTL: "2d",
      ODOO_RETENTION: "1y",
      ODOO_RATE_LIMIT: "0",
      ODOO_CREATE_PRODUCTS_FROM_WEBHOOKS: "true",
      ODOO_LEGACY_ADMIN_API: "true",
      ODOO_ORDER_STATUS_EFFECTS: "false",
      ODOO_QUANTITY_IS: "available",
      ODOO_FRACTIONAL_QUANTITIES: "true",
      ODOO_REFUND_ON_CANCEL: "true",
      ODOO_SALES_CHANNEL_ID: "sc_1",
      ODOO_SHIPPING_PROFILE_ID: "sp_1",
      ODOO_SWEEP_INTERVAL: "5m",
      ODOO_LOCATIONS: "8=sloc_1, WH/Stock = مستودع",
      ODOO_WEBHOOK_URL: "https://odoo.example.com/medusa",
      ODOO_WEBHOOK_EVENTS: "customer.created, order.created",
      ODOO_WEBHOOK_URLS: "order.created=https://odoo.example.com/orders?of=a,b=c, customer.created = http://crm.example.com",
      ODOO_WEBHOOK_SECRET: "whsec_b2xkIHNlY3JldCBvZiBvdXJz, another secret of ours",
      ODOO_WEBHOOK_DATABASE: "shop",
      ODOO_WEBHOOK_RETRY_SCHEDULE: "30s, 2h",
      ODOO_WEBHOOK_TIMEOUT_MS: "2500",
      ODOO_WEBHOOK_CONCURRENCY: "2",
      ODOO_WEBHOOK_REPLAY_AFTER_OUTAGE: "false",
    }
    const expected = {
      apiKey: "a-key-from-the-environment",
      amountUnit: "major",
      defaultLocationId: "sloc_1",
      bodyLimit: 512_000,
      idempotencyTtl: 172_800_000,
      retention: 31_557_600_000,
      rateLimit: 0,
      createProductsFromWebhooks: true,
      legacyAdminApi: true,
      orderStatusEffects: false,
      quantityIs: "available",
      fractionalQuantities: true,
      refundOnCancel: true,
      salesChannelId: "sc_1",
      shippingProfileId: "sp_1",
      sweepInterval: 300_000,
      odoo: { ...DIRECT, locations: { "8": "sloc_1", "WH/Stock": "مستودع" } },
      webhook: {
        url: "https://odoo.example.com/medusa",
        events: ["order.created", "customer.created"],
        urls: { "order.created": "https://odoo.example.com/orders?of=a,b=c", "customer.created": "http://crm.example.com" },
        secrets: ["whsec_b2xkIHNlY3JldCBvZiBvdXJz", "another secret of ours"],
        database: "shop",
        retrySchedule: [30_000, 7_200_000],
        timeoutMs: 2_500,
        concurrency: 2,
        replayAfterOutage: false,
      },
    }
    expect(resolveOptions({}, environment)).toEqual(expected)
    expect(resolveOptions({ apiKey: undefined, webhook: { url: undefined } }, environment)).toEqual(expected)
    expect(resolveOptions({ apiKey: "", amountUnit: null, webhook: { url: "", secret: " " } }, environment)).toEqual(expected)
    expect(resolveOptions({ amountUnit: "minor", webhook: { timeoutMs: 900 } }, environment)).toMatchObject({
      amountUnit: "minor",
      webhook: { timeoutMs: 900, concurrency: 2 },
    })
    expect(resolveOptions({}, { ODOO_API_KEY: " ", ODOO_WEBHOOK_URL: "" })).toMatchObject({ apiKey: null, webhook: { url: null } })
  })

  it("take an address that is empty for one that is not set, and each event once", () => {
    const { webhook } = resolveOptions({ webhook: { urls: { "order.created": "https://odoo.example.com", "customer.created": "" }, events: ["order.created", "order.created"] } }, {})
    expect([webhook.urls, webhook.events]).toEqual([{ "order.created": "https://odoo.example.com" }, ["order.created"]])
  })

  it("may ask for events of record types that a host registers later, after those that are known", () => {
    const { webhook } = resolveOptions({}, { ODOO_WEBHOOK_EVENTS: "parcel.lost,order.created,parcel.lost", ODOO_WEBHOOK_URLS: "parcel.lost=https://parcels.example.com" })
    expect([webhook.events, webhook.urls]).toEqual([["order.created", "parcel.lost"], { "parcel.lost": "https://parcels.example.com" }])
  })

  it("may say that nothing is tried again", () => {
    expect(resolveOptions({ webhook: { retrySchedule: [] } }, {}).webhook.retrySchedule).toEqual([])
  })

  it.each([
    [{ colour: "blue" }, "colour: there is no such option"],
    [{ webhook: { uri: "https://x" } }, "webhook.uri: there is no such option"],
    [{ apiKey: "short" }, "apiKey: must have at least 16 characters (ODOO_API_KEY in the environment)"],
    [{ amountUnit: "cents" }, "amountUnit: must be \"minor\" or \"major\""],
    [{ bodyLimit: "5xx" }, "bodyLimit: \"5xx\" is not a size"],
    [{ webhook: "https://x" }, "webhook: "],
    [{ odoo: { locations: { 8: "" } } }, "odoo.locations: each must say which stock location"],
    [{ odoo: { locations: { 8: 3 } } }, "odoo.locations: each must say which stock location"],
    [{ odoo: { locations: "8" } }, "odoo.locations: each must say which stock location Odoo's is, as \"8=sloc_…\" or \"WH/Stock=Main warehouse\" (ODOO_LOCATIONS in the environment)"],
    [{ odoo: { locations: "8=sloc_1=2" } }, "odoo.locations: each must say"],
    [{ odoo: { locations: "WH/Stock=sloc_1,wh/stock=sloc_2" } }, "odoo.locations: \"wh/stock\" stands there twice"],
    [{ odoo: { locations: ["8"] } }, "odoo.locations: each must say"],
    [{ odoo: { location: {} } }, "odoo.location: there is no such option"],
    [{ apiKey: "ключ-ключ-ключ-ключ" }, "apiKey: must be of printable ASCII characters"],
    [{ bodyLimit: "2gb" }, "bodyLimit: \"2gb\" is not a size"],
    [{ webhook: { url: "http:foo" } }, "webhook.url: must be an http or https address"],
    [{ webhook: { url: "http://odoo\n.example.com" } }, "webhook.url: must be of printable ASCII characters"],
    [{ webhook: { database: "shop\r\nx-evil: 1" } }, "webhook.database: must be of printable ASCII characters"],
    [{ webhook: { retrySchedule: ["9999y"] } }, "webhook.retrySchedule: \"9999y\" is longer than 30 days"],
    [{ retention: "11y" }, "retention: \"11y\" is longer than 10 years (ODOO_RETENTION in the environment)"],
    [{ retention: 30 }, "retention: must be a duration"],
    [{ webhook: { secret: "whsec_A" } }, "webhook.secret: must have at least 16 characters"],
    [{ webhook: { secret: "whsec_b2xkIHNlY3JldA" } }, "webhook.secret: behind whsec_"],
    [{ webhook: { url: "odoo.example.com" } }, "webhook.url: must be an http or https address"],
    [{ webhook: { url: "ftp://odoo.example.com" } }, "webhook.url: must be an http or https address"],
    [{ webhook: { retrySchedule: ["soon"] } }, "webhook.retrySchedule: \"soon\" is not a duration"],
    [{ webhook: { retrySchedule: ["5"] } }, "webhook.retrySchedule: \"5\" is not a duration"],
    [{ webhook: { timeoutMs: 0 } }, "webhook.timeoutMs: "],
    [{ webhook: { timeoutMs: "soon" } }, "webhook.timeoutMs: "],
    [{ webhook: { concurrency: 1.5 } }, "webhook.concurrency: "],
    [{ webhook: { events: ["order.created", "order.shipped"] } }, "webhook.events: there is no event \"order.shipped\"; there are order.created, order.status_updated, customer.created, customer.updated (ODOO_WEBHOOK_EVENTS in the environment)"],
    [{ webhook: { events: "order.created,customers" } }, "webhook.events: there is no event \"customers\"; there are order.created"],
    [{ webhook: { events: ["order.updated"] } }, "webhook.events: there is no event \"order.updated\""],
    [{ webhook: { urls: { "parcel.lost": "https://odoo.example.com" } } }, "webhook.urls: parcel.lost has an address, but webhook.events does not name it"],
    [{ webhook: { urls: { "order.shipped": "https://odoo.example.com" } } }, "webhook.urls: there is no event \"order.shipped\"; there are order.created"],
    [{ webhook: { urls: { "order.created": "odoo.example.com" } } }, "webhook.urls: must be an http or https address"],
    [{ webhook: { urls: "https://odoo.example.com/?a" } }, "webhook.urls: must be pairs of an event and its address, such as order.created=https://odoo.example.com/orders (ODOO_WEBHOOK_URLS in the environment)"],
    [{ webhook: { urls: "order.created=https://a,customer.created=ftp://b" } }, "webhook.urls: must be an http or https address"],
    [{ webhook: { events: ["order.created"], urls: { "customer.created": "https://odoo.example.com" } } }, "webhook.urls: customer.created has an address, but webhook.events does not name it"],
    [{ webhook: { secret: "whsec_***" } }, "webhook.secret: must have at least 16 characters"],
  ])("name a wrong one: %j", (options, reason) => {
    expect(() => resolveOptions(options, {})).toThrow(reason)
  })

  it("name every wrong one at once, and repeat no secret", () => {
    const resolve = () => resolveOptions({ apiKey: "hunter2", webhook: { secret: "whsec_hunter2!", url: "x" } }, {})
    expect(resolve).toThrow(/apiKey[\s\S]*webhook\.url[\s\S]*webhook\.secret/)
    expect(resolve).not.toThrow("hunter2")
  })

  describe("of the direct connection", () => {
    it("need four variables, which switch on orders and customers", () => {
      const { odoo } = resolveOptions({}, FOUR)
      expect(odoo.connection).toEqual({ url: "https://shop.odoo.com", database: "shop", username: "medusa@shop.com", password: "secret" })
      expect(odoo.flows).toEqual(["orders", "customers"])
      expect(resolveOptions({}, { ...FOUR, ODOO_DB_NAME: "" }).odoo.connection?.database).toBeNull()
    })

    it("switch on nothing beside a webhook that they do not name", () => {
      const beside = { ...FOUR, ODOO_WEBHOOK_URL: "https://odoo.example.com/medusa" }
      expect(resolveOptions({}, beside).odoo.flows).toEqual([])
      expect(resolveOptions({}, { ...FOUR, ODOO_WEBHOOK_URLS: "order.created=https://odoo.example.com" }).odoo.flows).toEqual([])
      expect(resolveOptions({}, { ...beside, ODOO_FLOWS: "customers" }).odoo.flows).toEqual(["customers"])
      expect(resolveOptions({ odoo: { flows: { orders: true, customers: "out" } } }, beside).odoo.flows).toEqual(["orders", "customers"])
    })

    it("can switch off everything, one thing, and are none where a variable is missing or unused", () => {
      expect(resolveOptions({}, { ...FOUR, ODOO_FLOWS: "none" }).odoo.flows).toEqual([])
      expect(resolveOptions({ odoo: { flows: { orders: true, customers: false } } }, FOUR).odoo.flows).toEqual(["orders"])
      expect(resolveOptions({}, { ...FOUR, ODOO_PASSWORD: undefined }).odoo).toEqual(DIRECT)
      expect(resolveOptions({}, { ...FOUR, ODOO_URL: "shop.odoo.com", ODOO_WEBHOOK_URL: "https://odoo.example.com" }).odoo).toEqual(DIRECT)
    })

    it.each([
      [{ ...FOUR, ODOO_FLOWS: "orders,prizes" }, "odoo.flows: there is no flow \"prizes\"; there are orders, customers"],
      [{ ...FOUR, ODOO_FLOWS: "orders", ODOO_PASSWORD: "" }, "odoo.flows: needs odoo.url, odoo.username and odoo.password"],
      [{ ...FOUR, ODOO_URL: "shop.odoo.com" }, "odoo.url: must be an http or https address"],
      [{ ...FOUR, ODOO_ORDER_REFERENCE: "MEDUSA" }, "odoo.orderReference: must contain {display_id} or {id}"],
      [{ ...FOUR, ODOO_CONFIRM: "sometimes" }, "odoo.confirm: must be one of always, paid, never"],
      [{ ...FOUR, ODOO_TOTAL_TOLERANCE: "-1" }, "odoo.totalTolerance: "],
    ])("name what is wrong with them (%#)", (environment, message) => {
      expect(() => resolveOptions({}, environment)).toThrow(message)
      expect(() => resolveOptions({}, environment)).not.toThrow("secret")
    })
  })
})
