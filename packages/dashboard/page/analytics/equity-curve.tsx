import { figureText, formatClock, formatDay, gainText } from '@tranchebook/core'
import type { JSX } from 'preact'
import type { AnalyticsView } from '../../src/api/index.js'
import { niceTicks, timeTicks } from '../charts/nice-ticks.js'
import { priceScale } from '../ladder/price-scale.js'
import { Empty } from '../parts/notice.js'
import { Panel } from '../parts/panel.js'
import { useWidth } from '../parts/use-width.js'

type Point = AnalyticsView['equityCurve'][number]

const HEIGHT = 220
const FIRST_WIDTH = 800
const AXIS = 76
const FOOT = 24
const DAY_MS = 86_400_000

function knownPoints(points: readonly Point[]): readonly { readonly time: number; readonly value: number }[] {
  return points.flatMap(({ time, equity }) => (equity === null ? [] : [{ time, value: Number(equity) }]))
}

function Curve({ points, width }: { readonly points: readonly Point[]; readonly width: number }): JSX.Element {
  const known = knownPoints(points)
  const from = known[0]?.time ?? 0
  const to = Math.max(from + 1, known.at(-1)?.time ?? 0)
  const right = width - AXIS
  const bottom = HEIGHT - FOOT
  const scale = priceScale([0, ...known.map(({ value }) => value)], { top: 8, bottom })
  const toX = (time: number): number => ((time - from) / (to - from)) * right
  const line = known.map(({ time, value }, index) => {
    const [x, y] = [toX(time).toFixed(1), scale.toY(value).toFixed(1)]
    return index === 0 ? `M${x} ${y}` : `H${x}V${y}`
  })
  const zero = scale.toY(0)
  return (
    <svg
      class="equity"
      viewBox={`0 0 ${width} ${HEIGHT}`}
      width={width}
      height={HEIGHT}
      role="img"
      aria-label="Equity curve"
    >
      <g class="candle-axes">
        {niceTicks(scale.low, scale.high, 4).map((value) => (
          <g key={value}>
            <path d={`M0 ${scale.toY(value)}H${right}`} />
            <text x={right + 8} y={scale.toY(value) + 4}>
              {figureText(`${value}`)}
            </text>
          </g>
        ))}
        {timeTicks(from, to, Math.floor(right / 110)).map((time) => (
          <text key={time} x={toX(time)} y={bottom + 17} text-anchor="middle">
            {time % DAY_MS === 0 ? formatDay(time).slice(5) : formatClock(time).slice(0, 5)}
          </text>
        ))}
      </g>
      <path class="equity-zero" d={`M0 ${zero}H${right}`} />
      <path class="equity-area" d={`${line.join('')}V${zero}H0Z`} />
      <path class="equity-line" d={line.join('')} />
    </svg>
  )
}

/** Realized − fees + funding + unrealized, over time. */
export function EquityCurve({
  points,
  quoteAsset,
}: {
  readonly points: readonly Point[]
  readonly quoteAsset: string
}): JSX.Element {
  const { ref, width } = useWidth(FIRST_WIDTH)
  const last = points.findLast(({ equity }) => equity !== null)
  const note =
    last === undefined ? null : `${gainText(last.equity)} ${quoteAsset}: realized − fees + funding + unrealized`
  return (
    <Panel title="Equity" note={note}>
      <div ref={ref} class="measured">
        {knownPoints(points).length < 2 ? (
          <Empty title="No curve yet">It begins with the second event that changes a result.</Empty>
        ) : (
          <Curve points={points} width={width} />
        )}
      </div>
    </Panel>
  )
}
