import { BINANCE_CODE_ROWS } from '../binance/error-codes.js'
import { codeTable, type CodeRow, refusal } from '../transport/code-table.js'

const ASTER_CODE_ROWS: readonly CodeRow[] = [
  ...BINANCE_CODE_ROWS,
  /** Nonce expired or used: not carried out; a new one by the clock of the venue helps. */
  refusal('clock', [-4225, -4226], 'transient'),
  /** Whether the order went through is not documented here. */
  { codes: [-1001], reason: 'other', isPermanent: false, outcome: 'unknown' },
]

/** The same, by number. */
export const ASTER_CODES = codeTable(ASTER_CODE_ROWS)
