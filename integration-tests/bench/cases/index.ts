import type { CaseMaker } from "../case"
import { INVENTORY_CASES } from "./inventory"
import { PRODUCT_CASES } from "./products"

/** Every case by its name, in the order in which they are measured: what leaves things as they were comes first. */
export const CASES: Readonly<Record<string, CaseMaker>> = {
  ...INVENTORY_CASES,
  ...PRODUCT_CASES,
}
