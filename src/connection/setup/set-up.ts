import { NEEDED_FIELDS, SERVICE_PRODUCTS } from "../needs"
import { currencyPiece } from "./currencies"
import { fieldPiece } from "./fields"
import type { Piece, Setting } from "./piece"
import { ownPricelistCurrencies, pricelistPiece } from "./pricelists"
import { runPieces, type SetupMode, type SetupResult } from "./run-pieces"
import { servicePiece } from "./services"

export type SetupInput = Setting &
  SetupMode & {
    /** the codes of the shop's currencies, in any case */
    currencies: readonly string[]
  }

/** All pieces, in the order in which they are made. */
const piecesFor = (setting: Setting, currencies: readonly string[], ofPricelists: readonly string[]): Piece[] => [
  ...NEEDED_FIELDS.map((field) => fieldPiece(setting, field)),
  ...currencies.map((code) => currencyPiece(setting, code)),
  ...ofPricelists.map((code) => pricelistPiece(setting, code)),
  ...Object.values(SERVICE_PRODUCTS).map((product) => servicePiece(setting, product)),
]

/** The codes as Odoo writes them, each once. */
const codesOf = (currencies: readonly string[]) => [...new Set(currencies.map((code) => code.toUpperCase()))].sort()

/**
 * Makes in Odoo what the direct connection needs, or removes what this has made. Each can be repeated.
 * @throws OdooError where Odoo does not answer, or not to this user
 */
export async function setUp({ client, companyId, currencies, ...mode }: SetupInput): Promise<SetupResult> {
  const setting = { client, companyId }
  // asked first, so that an Odoo that is not there is an error, and no list of failures
  await client.call("res.users", "context_get")
  const codes = codesOf(currencies)
  const pieces = piecesFor(setting, codes, mode.isRemoval ? codesOf([...codes, ...(await ownPricelistCurrencies(setting))]) : codes)
  try {
    return await runPieces(client, mode.isRemoval ? pieces.reverse() : pieces, mode)
  } finally {
    client.forgetFields()
  }
}
