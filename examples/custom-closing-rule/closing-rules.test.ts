import { readFileSync } from 'node:fs'
import { CLOSING_RULES, formatMoney, type Input, parseConfig, parseInput, runInputs } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const [everyRule = '', isolated = ''] = read('docs/closing-rules.md').split('## Isolated tranches')

/** Rows of a table: rule, what it closes, what that realizes; the last figure of a sum is its result. */
function rowsOf(text: string, columns: { readonly closes: number; readonly realized: number }): readonly string[][] {
  return text
    .split('\n')
    .filter((line) => /^\| `[A-Z_]+`/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map((cells) => [
      (cells[1] ?? '').replaceAll('`', ''),
      cells[columns.closes] ?? '',
      (cells[columns.realized] ?? '').replaceAll('−', '-').split('= ').at(-1) ?? '',
    ])
}

const trades = read('examples/inputs/closing-rules.jsonl').trim().split('\n')
const isolate = '{"type":"command","time":1714000200000,"symbol":"BTCUSDT","command":"isolateTranche","tranche":"T4"}'

function inputsOf(lines: readonly string[]): readonly Input[] {
  return lines.map((line, index) =>
    parseInput(JSON.parse(line), { account: 'main', positionMode: 'HEDGE', sequence: index + 1 }),
  )
}

/** Which tranches a rule closes, in its order, and what that realizes. */
function close(rule: string, lines: readonly string[]): readonly [string, string] {
  const config = parseConfig({ defaults: { closingStrategy: rule } })
  const options = {
    positionMode: 'HEDGE',
    instruments: new Map(),
    closingRules: new Map(),
    sending: 'observe',
  } as const
  const [ran] = runInputs(inputsOf(lines), { config, ...options }).books
  const parts = ran?.events.flatMap((event) =>
    event.type === 'TrancheReduced' ? [`${event.tranche} ${event.quantity}`] : [],
  )
  return [parts?.join(', ') ?? '', ran === undefined ? '' : formatMoney(ran.book.groups.LONG.realizedPnl)]
}

describe('docs/closing-rules.md', () => {
  const rows = rowsOf(everyRule, { closes: 3, realized: 4 })

  it('has a row for every built-in rule', () => {
    expect(rows.map(([rule]) => rule)).toEqual([...CLOSING_RULES])
  })

  it.each(rows)('%s closes %s and realizes %s', (rule = '', closes, realized) => {
    expect(close(rule, trades)).toEqual([closes, realized])
  })

  it.each(rowsOf(isolated, { closes: 2, realized: 3 }))(
    'with T4 isolated, %s closes %s and realizes %s',
    (rule = '', closes, realized) => {
      expect(close(rule, trades.toSpliced(4, 0, isolate))).toEqual([closes, realized])
    },
  )
})
