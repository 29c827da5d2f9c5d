import type { Change } from '@tranchebook/core'
import { UNKNOWN } from './figure.js'
import { type Column, formatTable } from './table.js'

const COLUMNS: readonly Column[] = [
  { title: 'WHAT', align: 'left' },
  { title: 'FIELD', align: 'left' },
  { title: 'BEFORE', align: 'left' },
  { title: 'AFTER', align: 'left' },
]

function subjectText({ subject, kind }: Change): string {
  const name = Object.values(subject)
    .filter((part) => part !== 'tranche' && part !== 'order' && part !== 'group')
    .join(' ')
  return kind === 'changed' ? name : `${name} (${kind})`
}

function leafText(leaf: Change['before']): string {
  if (leaf === null) return UNKNOWN
  return typeof leaf === 'string' ? leaf : JSON.stringify(leaf)
}

/** What became different, a row per field. */
export function changeTable(changes: readonly Change[], hasColour: boolean): string {
  const rows = changes.map((change) => [
    { text: subjectText(change) },
    { text: change.field },
    { text: leafText(change.before) },
    { text: leafText(change.after) },
  ])
  return formatTable(COLUMNS, rows, hasColour)
}
