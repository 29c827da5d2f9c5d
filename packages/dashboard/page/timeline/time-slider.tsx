import { figureText, formatClock, formatDay } from '@tranchebook/core'
import type { JSX } from 'preact'
import type { BookView } from '../../src/api/index.js'
import { usePage } from '../parts/page-context.js'

/** Moves the whole page to the state after an event: drag, or use the arrow keys. */
export function TimeSlider({ book }: { readonly book: BookView }): JSX.Element {
  const page = usePage()
  const { version, newestVersion, time, isPast } = book
  const travel = (to: number): void => {
    page.travel(to >= newestVersion ? null : Math.max(1, to))
  }
  return (
    <div class="time-slider">
      <button
        type="button"
        aria-label="One event back"
        disabled={version <= 1}
        onClick={() => {
          travel(version - 1)
        }}
      >
        ◂
      </button>
      <input
        type="range"
        min={1}
        max={newestVersion}
        value={version}
        aria-label="Event that is looked at"
        aria-valuetext={`event ${version} of ${newestVersion}, ${formatDay(time)} ${formatClock(time)} UTC`}
        onInput={({ currentTarget }) => {
          travel(Number(currentTarget.value))
        }}
      />
      <button
        type="button"
        aria-label="One event on"
        disabled={!isPast}
        onClick={() => {
          travel(version + 1)
        }}
      >
        ▸
      </button>
      <span class="figure">
        {figureText(`${version}`)} / {figureText(`${newestVersion}`)}
      </span>
      <time class="quiet">
        {formatDay(time)} {formatClock(time)} UTC
      </time>
    </div>
  )
}
