import { figureText, formatClock, formatDay } from '@tranchebook/core'
import type { JSX } from 'preact'
import { chooseLabels } from '../ladder/spread-labels.js'
import type { CandleBox, CandleLayout, TranchePoint } from './candle-layout.js'

const DAY_MS = 86_400_000
const NAME_GAP = 12

/** What the chart is drawn with. */
export interface CandleDrawingProps {
  readonly layout: CandleLayout
  readonly mark: string | null
  readonly priceDecimals: number | null
  readonly chosen: string | null
  readonly onChoose: (tranche: string | null) => void
}

function Candle({ candle }: { readonly candle: CandleBox }): JSX.Element {
  const { x, width, high, low, top, bottom, isUp } = candle
  const middle = x + width / 2
  return (
    <g class={isUp ? 'candle candle-up' : 'candle candle-down'}>
      <path d={`M${middle} ${high}V${top}M${middle} ${bottom}V${low}`} />
      <rect x={x} y={top} width={width} height={Math.max(1, bottom - top)} />
    </g>
  )
}

function pointPath({ type, side, x, y }: TranchePoint): string {
  if (type === 'entry') return `M${x - 6} ${y}l6 -6l6 6l-6 6z`
  return side === 'LONG' ? `M${x - 6} ${y - 5}h12l-6 10z` : `M${x - 6} ${y + 5}h12l-6 -10z`
}

function Axes({ layout, mark, priceDecimals }: Omit<CandleDrawingProps, 'chosen' | 'onChoose'>): JSX.Element {
  const { right, bottom, prices, times, markY, width } = layout
  const decimals = priceDecimals === null ? null : Math.min(priceDecimals, 2)
  return (
    <g class="candle-axes">
      {prices.map(({ y, value }) => (
        <g key={value}>
          <path d={`M0 ${y}H${right}`} />
          {(markY === null || Math.abs(y - markY) > 14) && (
            <text x={right + 8} y={y + 4}>
              {figureText(`${value}`, decimals)}
            </text>
          )}
        </g>
      ))}
      {times.map(({ x, time }) => (
        <text key={time} x={x} y={bottom + 17} text-anchor="middle">
          {time % DAY_MS === 0 ? formatDay(time).slice(5) : formatClock(time).slice(0, 5)}
        </text>
      ))}
      {markY !== null && (
        <g class="candle-mark">
          <path d={`M0 ${markY}H${right}`} />
          <rect x={right + 2} y={markY - 9} width={width - right - 4} height={18} rx={3} />
          <text x={right + 8} y={markY + 4}>
            {figureText(mark, priceDecimals)}
          </text>
        </g>
      )}
    </g>
  )
}

function LineNames({ layout, chosen }: Pick<CandleDrawingProps, 'layout' | 'chosen'>): JSX.Element {
  const lines = layout.lines.filter(({ tranche }) => tranche === chosen)
  const shown = chooseLabels(
    lines.map(({ y }) => y),
    NAME_GAP,
  )
  return (
    <g class="line-names">
      {lines.map(
        ({ tranche, type, y }, index) =>
          shown[index] === true && (
            <text key={`${type}/${y}`} x={layout.right - 6} y={y - 5} text-anchor="end">
              {tranche} {type}
            </text>
          ),
      )}
    </g>
  )
}

function Beyond({ layout }: { readonly layout: CandleLayout }): JSX.Element {
  const { beyond, bottom } = layout
  return (
    <g class="beyond">
      {beyond.above.length > 0 && (
        <text x={4} y={18}>
          ↑ {beyond.above.join(', ')}
        </text>
      )}
      {beyond.below.length > 0 && (
        <text x={4} y={bottom - 6}>
          ↓ {beyond.below.join(', ')}
        </text>
      )}
    </g>
  )
}

/** Candles with the entries (◆), exits (▼), stops and targets of a book on them. */
export function CandleDrawing(props: CandleDrawingProps): JSX.Element {
  const { layout, chosen, onChoose } = props
  const { width, height, right, candles, lines, points } = layout
  const dim = (tranche: string): string => (chosen !== null && chosen !== tranche ? ' is-dim' : '')
  return (
    <svg
      class="candles"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label="Candles"
    >
      <Axes {...props} />
      {candles.map((candle) => (
        <Candle key={candle.time} candle={candle} />
      ))}
      {lines.map(({ tranche, type, from, y }) => (
        <path key={`${tranche}/${type}/${y}`} class={`line-${type}${dim(tranche)}`} d={`M${from} ${y}H${right}`} />
      ))}
      <LineNames layout={layout} chosen={chosen} />
      <Beyond layout={layout} />
      {points.map((point) => (
        <path
          key={`${point.title}/${point.x}`}
          class={`point point-${point.type}${dim(point.tranche)}`}
          d={pointPath(point)}
          onMouseEnter={() => {
            onChoose(point.tranche)
          }}
          onMouseLeave={() => {
            onChoose(null)
          }}
        >
          <title>{point.title}</title>
        </path>
      ))}
    </svg>
  )
}
