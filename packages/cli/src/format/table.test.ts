import { describe, expect, it } from 'vitest'
import { type Column, formatTable } from './table.js'

const COLUMNS: readonly Column[] = [
  { title: 'NAME', align: 'left' },
  { title: 'N', align: 'right' },
  { title: 'PRICE', align: 'decimal' },
]

describe('formatTable', () => {
  it('sets words left, counts right and decimal points under each other', () => {
    const rows = [
      [{ text: 'one' }, { text: '1' }, { text: '51 601.88' }],
      [{ text: 'seventeen' }, { text: '17' }, { text: '3.5' }],
      [{ text: '◐ iso' }, { text: '2' }, { text: '–' }],
    ]
    expect(formatTable(COLUMNS, rows, false).split('\n')).toEqual([
      'NAME         N       PRICE',
      'one          1   51 601.88',
      'seventeen   17        3.5',
      '◐ iso        2           –',
    ])
  })

  it('colours a cell without moving its neighbours', () => {
    const rows = [[{ text: 'one' }, { text: '1', tone: 'loss' }, { text: '5' }]] as const
    const coloured = formatTable(COLUMNS, rows, true)
    expect(coloured).toContain('\u001b[38;5;208m1\u001b[0m')
    expect(coloured.replaceAll(/\u001b\[[\d;]*m/g, '')).toBe(formatTable(COLUMNS, rows, false))
  })

  it('takes more rows than a call takes arguments', () => {
    const rows = Array.from({ length: 200_000 }, () => [{ text: 'x' }, { text: '1' }, { text: '1.5' }])
    expect(formatTable(COLUMNS, rows, false).length).toBeGreaterThan(200_000)
  })
})
