import type { JSX } from 'preact'
import type { BookView } from '../../src/api/index.js'
import { CandlePanel } from '../candles/candle-panel.js'
import { LadderPanel } from '../ladder/ladder-panel.js'
import { TimelinePanel } from '../timeline/timeline-panel.js'
import { ClosedDays } from '../tranches/closed-days.js'
import { TranchePanel } from '../tranches/tranche-panel.js'
import { FigureStrip } from './figure-strip.js'

/** A book at a glance: figures, ladder, candles, tranches, what happened last. */
export function BookRoom({ book }: { readonly book: BookView }): JSX.Element {
  return (
    <div class="book-room">
      <FigureStrip book={book} />
      <div class={book.groups.some(({ tranches }) => tranches.length > 0) ? 'pictures' : 'pictures is-flat'}>
        <LadderPanel book={book} />
        <CandlePanel book={book} />
      </div>
      <div class="lists">
        <div>
          <TranchePanel book={book} />
          <ClosedDays book={book} />
        </div>
        <TimelinePanel book={book} limit={12} />
      </div>
    </div>
  )
}
