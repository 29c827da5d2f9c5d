import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { API_PATHS, CANDLE_INTERVALS, type BookView, type CandlesView } from '../../src/api/index.js'
import { WhenLoaded } from '../parts/loaded.js'
import { Empty } from '../parts/notice.js'
import { usePage } from '../parts/page-context.js'
import { Panel } from '../parts/panel.js'
import { useWidth } from '../parts/use-width.js'
import { Resource } from '../state/resource.js'
import { CandleDrawing } from './candle-drawing.js'
import { layoutCandles } from './candle-layout.js'
import { fittingInterval } from './fitting-interval.js'
import { liveCandles } from './live-candles.js'

const HEIGHT = 400
const FIRST_WIDTH = 560
const CANDLE_PIXELS = 7
const AXIS_PIXELS = 74
const NAMES: Readonly<Record<number, string>> = {
  60_000: '1 m',
  300_000: '5 m',
  900_000: '15 m',
  3_600_000: '1 h',
  14_400_000: '4 h',
  86_400_000: '1 d',
}

/** Path of the candles that fill a width, up to a time. */
function candlePath(book: BookView, intervalMs: number, width: number): string {
  const count = Math.max(30, Math.floor((width - AXIS_PIXELS) / CANDLE_PIXELS))
  const until = Math.max(book.time, book.isPast ? 0 : (book.markTime ?? 0))
  const to = Math.floor(until / intervalMs) * intervalMs
  return `${API_PATHS.candles(book)}?interval=${intervalMs}&from=${to - (count - 1) * intervalMs}&to=${to}`
}

function Intervals({
  chosen,
  onChoose,
}: {
  readonly chosen: number
  readonly onChoose: (ms: number) => void
}): JSX.Element {
  return (
    <span class="choices" role="group" aria-label="Interval">
      {CANDLE_INTERVALS.map((ms) => (
        <button
          key={ms}
          type="button"
          aria-pressed={ms === chosen}
          onClick={() => {
            onChoose(ms)
          }}
        >
          {NAMES[ms]}
        </button>
      ))}
    </span>
  )
}

/** The market of a book with what it did there. */
export function CandlePanel({ book }: { readonly book: BookView }): JSX.Element {
  const page = usePage()
  const interval = useSignal<number>(fittingInterval(book))
  const { ref, width } = useWidth(FIRST_WIDTH)
  const [resource] = useState(() => new Resource<CandlesView>(page.client))
  const path = candlePath(book, interval.value, width)
  useEffect(() => {
    resource.show(path, true)
  }, [path])
  return (
    <Panel
      title="Market"
      note={resource.loaded.value.value?.origin === 'log' ? 'as the log saw it' : null}
      tools={
        <Intervals
          chosen={interval.value}
          onChoose={(ms) => {
            interval.value = ms
          }}
        />
      }
    >
      <div ref={ref} class="measured">
        <WhenLoaded loaded={resource.loaded.value}>
          {(candles) => {
            const layout = layoutCandles({ candles: liveCandles(candles, book), book, width, height: HEIGHT })
            return layout === null ? (
              <Empty title="No prices yet">Candles appear with the first prices of this interval.</Empty>
            ) : (
              <CandleDrawing
                layout={layout}
                mark={book.mark}
                priceDecimals={book.priceDecimals}
                chosen={page.chosen.value}
                onChoose={(id) => {
                  page.chosen.value = id
                }}
              />
            )
          }}
        </WhenLoaded>
      </div>
    </Panel>
  )
}
