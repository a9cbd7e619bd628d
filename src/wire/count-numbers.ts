import { invalidInput } from "./errors"

/** The ways in which spreadsheets write a number, by the decimal sign. */
const WAYS = {
  ".": { number: /^-?(?:\d+|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?$/, group: "," },
  ",": { number: /^-?(?:\d+|[1-9]\d{0,2}(?:\.\d{3})+)(?:,\d+)?$/, group: "." },
} as const

type Sign = keyof typeof WAYS

const SIGNS: readonly Sign[] = [".", ","]

/** Removes blanks and apostrophes between groups of three digits. */
const withoutGroupSigns = (cell: string) => cell.trim().replace(/(?<=\d)[\s'’](?=\d{3}(?!\d))/g, "")

const isWritten = (cell: string, decimal: Sign) => WAYS[decimal].number.test(cell)

/** Whether a number can be read with either decimal sign, such as `1.234`. */
const isAmbiguous = (cell: string) => /[.,]/.test(cell) && SIGNS.every((sign) => isWritten(cell, sign))

/** A number in JavaScript's notation; other texts as they are. */
const withPoint = (cell: string, decimal: Sign) =>
  isWritten(cell, decimal) ? cell.replaceAll(WAYS[decimal].group, "").replace(decimal, ".") : cell

/**
 * Finds the decimal sign of a column of numbers: `1.234,5` and `1,234.5` are both 1234.5, and one unambiguous cell decides for
 * all.
 * @returns a function that rewrites a number of the column in JavaScript's notation, and leaves other texts as they are
 * @throws WireError `VALIDATION_ERROR` where every cell is ambiguous, such as `1.234`, and where cells contradict each other
 */
export function numberReader(cells: readonly string[]): (cell: string) => string {
  const numbers = cells.map(withoutGroupSigns)
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
  return (cell) => withPoint(withoutGroupSigns(cell), decimal ?? ".")
}
