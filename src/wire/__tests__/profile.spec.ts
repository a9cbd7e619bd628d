import { customerDocument, type CustomerSource } from "../customer-document"
import { changedFields, profileOf } from "../profile"

const CUSTOMER: CustomerSource = {
  id: "cus_1",
  email: "Layla@Example.com",
  first_name: "Layla",
  last_name: null,
  phone: "+96522220000",
  has_account: true,
  created_at: "2026-11-21T10:00:00.000Z",
  updated_at: "2026-11-21T10:00:00.000Z",
  metadata: { newsletter: true },
  addresses: [
    { id: "a", city: "Kuwait City" },
    { id: "b", city: "Hawally" },
  ],
}

const profile = (changes: Partial<CustomerSource> = {}) => profileOf(customerDocument({ ...CUSTOMER, ...changes }, null))

describe("a profile", () => {
  it.each<[string, Partial<CustomerSource>, string[]]>([
    ["the same", {}, []],
    ["a time", { updated_at: "2026-11-22T10:00:00.000Z" }, []],
    ["metadata", { metadata: { newsletter: false } }, []],
    ["the case of an email", { email: "layla@example.com" }, []],
    ["nothing that is told in another way", { last_name: "" }, []],
    ["the order in which addresses are read", { addresses: [...CUSTOMER.addresses!].reverse() }, []],
    ["a name and a phone", { first_name: "Leila", phone: null }, ["first_name", "phone"]],
    ["an address that was moved", { addresses: [{ id: "a", city: "Salmiya" }, { id: "b", city: "Hawally" }] }, ["addresses"]],
    ["an address that is gone", { addresses: [{ id: "a", city: "Kuwait City" }] }, ["addresses"]],
    ["an account", { has_account: false }, ["has_account"]],
  ])("differs by what customer.updated speaks of: %s", (_what, changes, fields) => {
    expect(changedFields(profile(), profile(changes))).toEqual(fields)
  })

  it("holds digests, not what they are of", () => {
    expect(JSON.stringify(profile())).not.toMatch(/layla|9652222|kuwait/i)
  })
})
