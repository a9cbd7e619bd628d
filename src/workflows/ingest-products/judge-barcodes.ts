import { invalidInput, type WireError } from "../../wire/errors"
import type { Catalogue } from "./catalogue"
import type { Member } from "./plan-variant"

/** The bar code that the variant gets or keeps by its item; undefined for none. */
function wantedBarcode({ statement }: Member): string | undefined {
  return statement.lifecycle === "archive" ? undefined : (statement.barcode ?? undefined)
}

/** Whether the batch takes the present bar code from a variant. */
const givesUp = ({ statement, variant }: Member) => {
  // a variant that leaves the shop keeps its bar code, unless Odoo has cleared it
  const isSaid = statement.lifecycle === "archive" ? statement.barcode === null : statement.barcode !== undefined
  return isSaid && statement.barcode !== variant?.barcode
}

const isTaken = (barcode: string, owner: string) => invalidInput("barcode", `${barcode} is the bar code of ${owner} already`)

/**
 * Finds the items whose bar code is not free after the batch is written. No two variants can have the same bar code. An item may
 * take the bar code of another variant that gets a different one; where that other item is refused, the first one is refused too.
 * @param stuck the items that can not be applied, by index: their variants keep what they have
 * @returns the reason for each refused member
 */
export function judgeBarcodes(members: readonly Member[], { barcodes }: Pick<Catalogue, "barcodes">, stuck: ReadonlySet<number>): Map<Member, WireError> {
  const refused = new Map<Member, WireError>()
  const holders = new Map<string, Member>()
  const isKept = (member: Member) => member.variant !== undefined && member.variant.barcode === wantedBarcode(member)
  // members that keep their bar code come first
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
