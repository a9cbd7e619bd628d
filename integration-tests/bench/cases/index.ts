import type { CaseMaker } from "../case"
import { DELIVERY_CASES } from "./delivery"
import { INVENTORY_CASES } from "./inventory"

/** Every case by its name, in the order in which they are measured: what leaves things as they were comes first. */
export const CASES: Readonly<Record<string, CaseMaker>> = {
  ...DELIVERY_CASES,
  ...INVENTORY_CASES,
}
