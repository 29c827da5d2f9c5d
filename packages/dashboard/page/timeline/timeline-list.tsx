import { formatClock, formatDay } from '@tranchebook/core'
import type { JSX } from 'preact'
import type { BookView, TimelineEntry, TimelineGroup } from '../../src/api/index.js'
import { usePage } from '../parts/page-context.js'
import { groupByDay } from './group-by-day.js'

interface GroupProps {
  readonly book: BookView
  readonly group: TimelineGroup
}

function Entry({ book, entry }: { readonly book: BookView; readonly entry: TimelineEntry }): JSX.Element {
  const page = usePage()
  const { version, sentence, why } = entry
  const isHere = version === book.version
  return (
    <li class={isHere && book.isPast ? 'is-here' : ''}>
      <button
        type="button"
        class="link"
        title={`Look at the book as it was after event ${version}`}
        onClick={() => {
          page.travel(version === book.newestVersion ? null : version)
        }}
      >
        {version}
      </button>
      <span>
        {sentence}
        {why !== null && <em>{why}</em>}
      </span>
    </li>
  )
}

/** The one tranche that a group is about; `null` = none, or several. */
function onlyTranche({ entries }: TimelineGroup): string | null {
  const [one = null, ...others] = new Set(entries.flatMap(({ tranches }) => tranches))
  return others.length === 0 ? one : null
}

function isAbout({ entries }: TimelineGroup, tranche: string | null): boolean {
  return tranche !== null && entries.some(({ tranches }) => tranches.includes(tranche))
}

function Group({ book, group }: GroupProps): JSX.Element {
  const page = usePage()
  const { entries, headline, time, firstVersion, lastVersion } = group
  const [only] = entries
  const names = [
    'cause',
    isAbout(group, page.chosen.value) ? 'is-chosen' : '',
    firstVersion > book.version ? 'is-future' : '',
  ]
  return (
    <li
      class={names.join(' ')}
      onMouseEnter={() => {
        page.chosen.value = onlyTranche(group)
      }}
      onMouseLeave={() => {
        page.chosen.value = null
      }}
    >
      <time title={`${formatDay(time)} ${formatClock(time)} UTC`}>{formatClock(time)}</time>
      <details open={book.isPast && firstVersion <= book.version && book.version <= lastVersion}>
        <summary>
          <span class="headline">{headline}</span>
        </summary>
        <ol>
          {entries.map((entry) => (
            <Entry key={entry.version} book={book} entry={entry} />
          ))}
        </ol>
      </details>
      <button
        type="button"
        class="link version"
        title={`Look at the book as it was after event ${lastVersion}`}
        onClick={() => {
          page.travel(lastVersion === book.newestVersion ? null : lastVersion)
        }}
      >
        {entries.length === 1 && only !== undefined ? only.version : `${firstVersion}–${lastVersion}`}
      </button>
    </li>
  )
}

/** What happened, newest first, grouped by what caused it. */
export function TimelineList({
  book,
  groups,
}: {
  readonly book: BookView
  readonly groups: readonly TimelineGroup[]
}): JSX.Element {
  return (
    <div class="timeline">
      {groupByDay(groups).map(({ day, groups: ofDay }) => (
        <section key={day}>
          <h3>{day}</h3>
          <ol>
            {ofDay.map((group) => (
              <Group key={`${group.causationId}/${group.firstVersion}`} book={book} group={group} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  )
}
