import { percentText } from '@tranchebook/core'
import type { JSX } from 'preact'
import type { AnalyticsView } from '../../src/api/index.js'
import { Gain, Percent } from '../parts/figure.js'
import { Empty } from '../parts/notice.js'
import { Panel } from '../parts/panel.js'
import { Table } from '../parts/table.js'

/** How each take-profit level does over finished tranches. */
export function LevelPanel({ view }: { readonly view: AnalyticsView }): JSX.Element {
  const { levels, trades, fullExits, fullExitRatePercent } = view.takeProfit
  return (
    <Panel
      title="Take-profit levels"
      note={trades === 0 ? null : `${fullExits} of ${trades} went all the way, ${percentText(fullExitRatePercent)}`}
    >
      {levels.length === 0 ? (
        <Empty title="No finished tranche had levels">Scaled take profit is a setting of the symbol.</Empty>
      ) : (
        <Table
          caption="Take-profit levels"
          rows={levels}
          keyOf={({ level }) => `${level}`}
          columns={[
            { title: 'level', type: 'text', cell: ({ level }) => `TP${level}` },
            { title: 'offered', type: 'figure', cell: (one) => one.trades },
            { title: 'hits', type: 'figure', cell: ({ hits }) => hits },
            { title: 'rate', type: 'figure', cell: ({ hitRatePercent }) => <Percent text={hitRatePercent} /> },
            { title: 'average', type: 'figure', cell: ({ averageProfit }) => <Gain text={averageProfit} /> },
            { title: 'total', type: 'figure', cell: ({ totalProfit }) => <Gain text={totalProfit} /> },
          ]}
        />
      )}
    </Panel>
  )
}
