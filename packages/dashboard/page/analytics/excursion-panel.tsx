import type { JSX } from 'preact'
import type { AnalyticsView } from '../../src/api/index.js'
import { GainPercent } from '../parts/figure.js'
import { Empty } from '../parts/notice.js'
import { Panel } from '../parts/panel.js'
import { Table } from '../parts/table.js'

type Excursion = AnalyticsView['excursions'][number]

const WIDTH = 220
const HEIGHT = 14
const SHOWN = 100

function Bar({ one, reach }: { readonly one: Excursion; readonly reach: number }): JSX.Element {
  const toX = (percent: string | null): number => WIDTH / 2 + (Number(percent ?? 0) / reach) * (WIDTH / 2 - 4)
  const [worst, best] = [toX(one.worstPercent), toX(one.bestPercent)]
  const middle = WIDTH / 2
  return (
    <svg class="excursion" width={WIDTH} height={HEIGHT} aria-hidden="true">
      <path class="axis" d={`M${middle} 0V${HEIGHT}`} />
      <rect class="down" x={Math.min(worst, middle)} y={4} width={Math.max(0, middle - worst)} height={6} />
      <rect class="up" x={middle} y={4} width={Math.max(0, best - middle)} height={6} />
      {one.resultPercent !== null && <path class="result" d={`M${toX(one.resultPercent)} 1V${HEIGHT - 1}`} />}
    </svg>
  )
}

/** How far each tranche went in its own life, and what came of it. */
export function ExcursionPanel({ view }: { readonly view: AnalyticsView }): JSX.Element {
  const known = view.excursions.filter(({ bestPercent, worstPercent }) => (bestPercent ?? worstPercent) !== null)
  const rows = known.slice(-SHOWN).toReversed()
  const ends = rows.flatMap(({ bestPercent, worstPercent, resultPercent }) => [
    bestPercent,
    worstPercent,
    resultPercent,
  ])
  const reach = Math.max(0.01, ...ends.map((percent) => Math.abs(Number(percent ?? 0))))
  return (
    <Panel title="Excursions" note="worst and best mark of each life, and the result, in percent of entry">
      {rows.length === 0 ? (
        <Empty title="No mark was recorded in the life of a tranche">Each will show how far it went.</Empty>
      ) : (
        <Table
          caption="Excursions"
          rows={rows}
          keyOf={({ tranche }) => tranche}
          columns={[
            { title: 'tranche', type: 'text', cell: ({ tranche }) => tranche },
            { title: 'worst', type: 'figure', cell: ({ worstPercent }) => <GainPercent text={worstPercent} /> },
            { title: 'range', type: 'text', cell: (one) => <Bar one={one} reach={reach} /> },
            { title: 'best', type: 'figure', cell: ({ bestPercent }) => <GainPercent text={bestPercent} /> },
            { title: 'result', type: 'figure', cell: ({ resultPercent }) => <GainPercent text={resultPercent} /> },
          ]}
        />
      )}
    </Panel>
  )
}
