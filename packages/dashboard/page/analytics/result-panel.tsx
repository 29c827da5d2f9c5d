import { useSignal } from '@preact/signals'
import { NO_TRANCHE } from '@tranchebook/core'
import type { JSX } from 'preact'
import type { AnalyticsView } from '../../src/api/index.js'
import { Figure, Gain } from '../parts/figure.js'
import { Panel } from '../parts/panel.js'
import { Table, type Column } from '../parts/table.js'

type Slice = AnalyticsView['pnl']['total']

const CUTS = ['byTranche', 'byEntry', 'byExitReason', 'byCycle'] as const

type Cut = (typeof CUTS)[number]

const NAMES: Readonly<Record<Cut, string>> = {
  byTranche: 'tranche',
  byEntry: 'entry',
  byExitReason: 'exit',
  byCycle: 'cycle',
}

const OUTSIDE = 'fees of closes that found nothing to close, and funding while nothing was open'

const COLUMNS: readonly Column<Slice>[] = [
  {
    title: 'part',
    type: 'text',
    cell: ({ key, side }) => {
      if (key === NO_TRANCHE) return <span title={OUTSIDE}>no tranche</span>
      return side === null || key.includes(side) ? key : `${key} ${side}`
    },
  },
  { title: 'count', type: 'figure', cell: ({ count }) => count },
  { title: 'realized', type: 'figure', cell: ({ realizedPnl }) => <Gain text={realizedPnl} /> },
  { title: 'fees', type: 'figure', cell: ({ fees }) => <Figure text={fees} decimals={2} /> },
  { title: 'funding', type: 'figure', cell: ({ funding }) => <Gain text={funding} /> },
  { title: 'net', type: 'figure', cell: ({ netPnl }) => <Gain text={netPnl} /> },
  { title: 'unrealized', type: 'figure', cell: ({ unrealizedPnl }) => <Gain text={unrealizedPnl} /> },
  { title: 'total', type: 'figure', cell: ({ totalPnl }) => <Gain text={totalPnl} /> },
]

/** The same results cut four ways; each way sums to the same total. */
export function ResultPanel({ view }: { readonly view: AnalyticsView }): JSX.Element {
  const cut = useSignal<Cut>('byTranche')
  const { pnl, quoteAsset } = view
  const choices = (
    <span class="choices" role="group" aria-label="Cut by">
      {CUTS.map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={cut.value === one}
          onClick={() => {
            cut.value = one
          }}
        >
          by {NAMES[one]}
        </button>
      ))}
    </span>
  )
  return (
    <Panel title="Results" note={`${quoteAsset}; every cut adds up to the same last line`} tools={choices}>
      <Table
        caption={`Results by ${NAMES[cut.value]}`}
        columns={COLUMNS}
        rows={pnl[cut.value]}
        keyOf={({ key, side }) => `${key}/${side}`}
        foot={{ ...pnl.total, key: 'all', side: null }}
      />
    </Panel>
  )
}
