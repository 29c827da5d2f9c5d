import type { Comparison } from '@tranchebook/backtest'

/** What a running demo says of itself. */
export interface DemoFacts {
  readonly dialect: string
  readonly market: string
  /** One that it trades. */
  readonly symbol: string
  readonly directory: string
  /** `null` = nobody looks. */
  readonly url: string | null
  readonly pid: number
  /** Events that the log held before. */
  readonly remembered: number
}

/** What is printed when a demo has started. */
export function introduction({ dialect, market, symbol, directory, url, pid, remembered }: DemoFacts): string {
  const memory = remembered === 0 ? 'new' : `goes on after ${remembered} events`
  return [
    `SIM   a simulated ${dialect}, no keys, nothing leaves this machine; market: ${market}`,
    `data  ${directory} (${memory})`,
    ...(url === null ? [] : [`page  ${url}`]),
    `try   kill -9 ${pid}, and start it again: nothing is forgotten`,
    `      npx tranchebook position list --directory ${directory}`,
    `      npx tranchebook log explain T1 --symbol ${symbol} --directory ${directory}`,
    'stop  Ctrl-C; then books, venue and log are compared',
    '',
  ].join('\n')
}

/** What the comparison at the end found, one line each. */
export function agreementText(found: readonly Comparison[]): string {
  const rows = [['', '', 'BOOKS', 'VENUE OR LOG'], ...found.map(rowOf)]
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return `${lines.join('\n')}\n`
}

function rowOf({ what, books, other, agrees }: Comparison): string[] {
  return [agrees ? 'agree' : 'DIFFER', what, books, other]
}
