import { figureText, formatClock, formatDay, formatDuration } from '@tranchebook/core'
import type { JSX } from 'preact'
import type { HealthDetail, RecoveryView } from '../../src/api/index.js'
import { Empty } from '../parts/notice.js'
import { Panel } from '../parts/panel.js'
import { Table, type Column } from '../parts/table.js'

type Book = RecoveryView['books'][number]

const COLUMNS: readonly Column<Book>[] = [
  { title: 'book', type: 'text', cell: ({ symbol }) => symbol },
  {
    title: 'from',
    type: 'text',
    cell: ({ snapshotVersion }) =>
      snapshotVersion === null ? 'the beginning of its log' : `the snapshot at ${figureText(`${snapshotVersion}`)}`,
  },
  { title: 'events read', type: 'figure', cell: ({ eventsRead }) => figureText(`${eventsRead}`) },
  { title: 'version then', type: 'figure', cell: ({ version }) => figureText(`${version}`) },
  { title: 'recorded then', type: 'figure', cell: ({ eventsMissed }) => figureText(`${eventsMissed}`) },
]

function comparisonWords({ comparison }: RecoveryView): string {
  if (comparison === null) return 'not compared with the venue'
  const { openOrders, lookedUp, straysCancelled, differing } = comparison
  const said = [`${openOrders} orders listed`, `${lookedUp} looked up`, `${straysCancelled.length} strays cancelled`]
  return `${said.join(', ')}, differing: ${differing.length === 0 ? 'none' : differing.join(', ')}`
}

/** How the account came back at its start: from which snapshots, how many events, and what the venue added. */
export function RecoveryPanel({ recovery }: { readonly recovery: HealthDetail['recovery'] }): JSX.Element {
  if (recovery === null)
    return (
      <Panel title="Last start">
        <Empty title="None">A log is looked at, or the account has not come back yet.</Empty>
      </Panel>
    )
  const { time, tookMs, books } = recovery
  const note = `${formatDay(time)} ${formatClock(time)} UTC, live after ${formatDuration(tookMs)}`
  return (
    <Panel title="Last start" note={note} name="wide">
      <Table caption="How each book came back" columns={COLUMNS} rows={books} keyOf={({ symbol }) => symbol} />
      <p class="quiet">
        At the venue: {comparisonWords(recovery)}. Recorded then is what only this comparison brought.
      </p>
    </Panel>
  )
}
