/** The ids in the examples. The test that sends the examples to a running shop replaces them by ids of that shop. */
export const EXAMPLE = {
  orderId: "order_01JD3XK8V7Q2M5N9P4R6T8W0YZ",
  customerId: "cus_01JD3XK8V7Q2M5N9P4R6T8W0YA",
  locationId: "sloc_01JD3XK8V7Q2M5N9P4R6T8W0YB",
  locationName: "Main warehouse",
  eventId: "oevt_01JD3XK8V7Q2M5N9P4R6T8W0YC",
  refusalId: "orfs_01JD3XK8V7Q2M5N9P4R6T8W0YD",
} as const

/** The address in the examples. */
export const EXAMPLE_ADDRESS = {
  first_name: "Layla",
  last_name: "Al-Sabah",
  company: "",
  address_1: "Salem Al-Mubarak Street 12",
  address_2: "",
  city: "Kuwait City",
  province: "",
  postal_code: "20001",
  country_code: "kw",
  phone: "+96522220000",
}
