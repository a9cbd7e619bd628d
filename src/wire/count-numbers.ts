import { invalidInput } from "./errors"

/** The ways in which programs for tables write a number, by its decimal sign. */
const WAYS = {
  ".": { number: /^-?(?:\d+|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?$/, group: "," },
  ",": { number: /^-?(?:\d+|[1-9]\d{0,2}(?:\.\d{3})+)(?:,\d+)?$/, group: "." },
} as const

type Sign = keyof typeof WAYS

const SIGNS: readonly Sign[] = [".", ","]

/** Takes out the blanks and apostrophes between groups of three digits. */
const bare = (cell: string) => cell.trim().replace(/(?<=\d)[\s'’](?=\d{3}(?!\d))/g, "")

const isWritten = (cell: string, decimal: Sign) => WAYS[decimal].number.test(cell)

/** Whether a cell can be read in two ways, as `1.234` can. */
const isAmbiguous = (cell: string) => /[.,]/.test(cell) && SIGNS.every((sign) => isWritten(cell, sign))

/** A number in JavaScript's way, where it is written as the column's numbers are; anything else as it is. */
const withPoint = (cell: string, decimal: Sign) =>
  isWritten(cell, decimal) ? cell.replaceAll(WAYS[decimal].group, "").replace(decimal, ".") : cell

/**
 * How the numbers of a table are to be read: `1.234,5` and `1,234.5` are 1234.5, and one cell tells of all.
 * @returns the reader of a cell, which leaves alone what is no number
 * @throws WireError `VALIDATION_ERROR` where nothing tells whether `1.234` is a thousand or one and a part, and where the
 *   cells contradict each other
 */
export function numberReader(cells: readonly string[]): (cell: string) => string {
  const numbers = cells.map(bare)
  const [decimal, contradicting] = SIGNS.filter((sign) =>
    numbers.some((cell) => isWritten(cell, sign) && !SIGNS.some((other) => other !== sign && isWritten(cell, other)))
  )
  if (contradicting !== undefined) {
    throw invalidInput("", "Some quantities of the file have a decimal point, others a decimal comma. Write all of them in one way.")
  }
  const unclear = numbers.find(isAmbiguous)
  if (decimal === undefined && unclear !== undefined) {
    const [thousands, parts] = [withPoint(unclear, unclear.includes(",") ? "." : ","), unclear.replace(",", ".")]
    throw invalidInput(
      "",
      `The quantity ${unclear} may be ${thousands} or ${parts}. Write quantities without a separator of thousands, or all of them with decimals.`
    )
  }
  return (cell) => withPoint(bare(cell), decimal ?? ".")
}
