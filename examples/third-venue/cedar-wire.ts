/** One thing that is asked of Cedar. */
export interface CedarQuestion {
  readonly id: number
  readonly key: string
  readonly method: string
  readonly arguments: readonly unknown[]
}

/** What Cedar says to a question, or by itself on a stream. */
export type CedarMessage =
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'no'; readonly id: number; readonly code: CedarCode; readonly retryMs: number | null }
  | { readonly type: 'news'; readonly value: unknown }

/** Why Cedar does not even look at a question. */
export type CedarCode = 'NO_SUCH_KEY' | 'MAY_NOT_TRADE' | 'BUSY' | 'TOO_MANY' | 'BANNED'

const AMOUNT = 'amount:'

/** A line of Cedar's: JSON, in which amounts are text, in units of 10^-12 (money: 10^-24). */
export function formatLine(value: unknown): string {
  const text = JSON.stringify(value, (_name, field: unknown) =>
    typeof field === 'bigint' ? `${AMOUNT}${field}` : field,
  )
  return `${text}\n`
}

/** What a line says. */
export function parseLine(line: string): unknown {
  return JSON.parse(line, (_name, field: unknown) =>
    typeof field === 'string' && field.startsWith(AMOUNT) ? BigInt(field.slice(AMOUNT.length)) : field,
  )
}

/** Calls back for each whole line of what comes in by pieces. */
export function splitLines(onLine: (line: string) => void): (piece: string) => void {
  let rest = ''
  return (piece) => {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) onLine(line)
  }
}
