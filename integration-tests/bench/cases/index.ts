import type { CaseMaker } from "../case"
import { CLAIM_CASES } from "./claim"
import { DELIVERY_CASES } from "./delivery"
import { INVENTORY_CASES } from "./inventory"
import { PRODUCT_CASES } from "./products"
import { PULL_CASES } from "./pull"

/** Every case by its name, in the order in which they are measured: what leaves things as they were comes first. */
export const CASES: Readonly<Record<string, CaseMaker>> = {
  ...PULL_CASES,
  ...DELIVERY_CASES,
  ...CLAIM_CASES,
  ...INVENTORY_CASES,
  ...PRODUCT_CASES,
}
