import { invalidInput, type WireError } from "../../wire/errors"
import type { Catalogue } from "./catalogue"
import type { Member } from "./plan-variant"

/** The bar code that a member is to have; undefined where that is the one that it has, or none. */
function wantedBarcode({ statement }: Member): string | undefined {
  return statement.lifecycle === "archive" ? undefined : (statement.barcode ?? undefined)
}

/** Whether a member's variant has another bar code, or none, once the batch is written. */
const givesUp = ({ statement, variant }: Member) => {
  // one that goes out of the shop keeps the bar code that it has, unless Odoo has cleared it
  const isSaid = statement.lifecycle === "archive" ? statement.barcode === null : statement.barcode !== undefined
  return isSaid && statement.barcode !== variant?.barcode
}

const isTaken = (barcode: string, owner: string) => invalidInput("barcode", `${barcode} is the bar code of ${owner} already`)

/**
 * Judges bar codes, of which no two variants can share one, by how the batch leaves them: a variant can have the one of
 * another that gets another one. Where that one is refused, so is whoever relies on it.
 * @param stuck the items that can not be applied, by index: what their variants have, they keep
 * @returns why members can not be applied
 */
export function judgeBarcodes(members: readonly Member[], { barcodes }: Pick<Catalogue, "barcodes">, stuck: ReadonlySet<number>): Map<Member, WireError> {
  const refused = new Map<Member, WireError>()
  const holders = new Map<string, Member>()
  const isKept = (member: Member) => member.variant !== undefined && member.variant.barcode === wantedBarcode(member)
  // whoever has it already keeps it
  for (const member of [...members.filter(isKept), ...members.filter((each) => !isKept(each))]) {
    const barcode = wantedBarcode(member)
    const holder = barcode === undefined ? undefined : holders.get(barcode)
    if (barcode !== undefined && holder !== undefined) {
      refused.set(member, isTaken(barcode, holder.statement.sku))
    } else if (barcode !== undefined) {
      holders.set(barcode, member)
    }
  }
  const byVariant = new Map(members.flatMap((member) => (member.variant === undefined ? [] : [[member.variant.id, member] as const])))
  const relying = new Map<Member, Member>()
  const open: Member[] = [...refused.keys()]
  const refuse = (member: Member, error: WireError) => {
    if (!refused.has(member)) {
      refused.set(member, error)
      open.push(member)
    }
  }
  for (const [barcode, member] of holders) {
    const owner = barcodes.get(barcode)
    if (owner === undefined || owner.variant_id === member.variant?.id) {
      continue
    }
    const giver = byVariant.get(owner.variant_id)
    if (giver === undefined || !givesUp(giver) || giver.indexes.some((index) => stuck.has(index))) {
      refuse(member, isTaken(barcode, owner.sku ?? owner.variant_id))
    } else {
      relying.set(giver, member)
    }
  }
  for (let giver = open.pop(); giver !== undefined; giver = open.pop()) {
    const member = relying.get(giver)
    if (member !== undefined) {
      refuse(member, isTaken(wantedBarcode(member) ?? "", giver.variant?.sku ?? giver.statement.sku))
    }
  }
  return refused
}
