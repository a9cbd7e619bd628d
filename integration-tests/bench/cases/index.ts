import type { CaseMaker } from "../case"
import { INVENTORY_CASES } from "./inventory"

/** Every case by its name, in the order in which they are measured: what leaves things as they were comes first. */
export const CASES: Readonly<Record<string, CaseMaker>> = {
  ...INVENTORY_CASES,
}
