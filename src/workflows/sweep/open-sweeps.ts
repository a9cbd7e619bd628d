import type { BootCheck } from "../../modules/odoo/boot-checks"
import { SweepRepository } from "../../modules/odoo/repositories/sweeps"
import { recordTypes } from "../../records"

/**
 * Begins the sweeps of new kinds of record while Medusa boots: the records of such a kind that come before the first sweep are not
 * part of its baseline, and are told. Where migrations are missing, the first sweep begins them.
 */
export const openNewSweeps: BootCheck = async (boot) => {
  await new SweepRepository(boot).open(recordTypes().map(({ kind }) => kind)).catch(() => {
    boot.logger.warn("odoo: new kinds of record could not be begun with. Records of such kinds that come before the first sweep are not told.")
  })
}
