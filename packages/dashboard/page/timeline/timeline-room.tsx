import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { API_PATHS, type BookView, type TimelineGroup, type TimelineView } from '../../src/api/index.js'
import { WhenLoaded } from '../parts/loaded.js'
import { Empty } from '../parts/notice.js'
import { usePage } from '../parts/page-context.js'
import { Panel } from '../parts/panel.js'
import { TimelineList } from './timeline-list.js'

const PAGE_EVENTS = 200

interface Older {
  /** Version from which it went on; another one begins anew. */
  readonly of: number | null
  readonly groups: readonly TimelineGroup[]
  /** `undefined` = nothing older was asked for yet. */
  readonly nextBefore: number | null | undefined
}

function includesAll({ headline, entries }: TimelineGroup, search: string): boolean {
  const text = [headline, ...entries.flatMap(({ sentence, why, tranches }) => [sentence, why ?? '', ...tranches])]
  return text.join(' ').toLowerCase().includes(search.toLowerCase())
}

const NONE = { groups: [], nextBefore: undefined }

/** The whole past of a book: search it, go back in it, look at the book as it was. */
export function TimelineRoom({ book }: { readonly book: BookView }): JSX.Element {
  const page = usePage()
  const asked = useSignal<Older>({ of: null, ...NONE })
  const search = useSignal('')
  const { value: of } = page.version
  const older = asked.value.of === of ? asked.value : { of, ...NONE }
  const more = async (before: number): Promise<void> => {
    const path = `${API_PATHS.timeline(book)}?before=${before}&limit=${PAGE_EVENTS}`
    const answer = await page.client.read<TimelineView>(path)
    if (answer.type === 'problem') return
    asked.value = { of, groups: [...older.groups, ...answer.value.groups], nextBefore: answer.value.nextBefore }
  }
  const find = (
    <input
      type="search"
      placeholder="Search what happened"
      aria-label="Search what happened"
      value={search.value}
      onInput={({ currentTarget }) => {
        search.value = currentTarget.value
      }}
    />
  )
  return (
    <Panel title="Timeline" note="choose a number to look at the book as it was then" tools={find}>
      <WhenLoaded loaded={page.timeline.loaded.value}>
        {(view) => {
          const known = new Set(view.groups.map(({ firstVersion }) => firstVersion))
          const rest = older.groups.filter(({ firstVersion }) => !known.has(firstVersion))
          const groups = [...view.groups, ...rest].filter((group) => includesAll(group, search.value))
          const before = older.nextBefore === undefined ? view.nextBefore : older.nextBefore
          return (
            <>
              {groups.length === 0 && <Empty title="Nothing found">No event matches.</Empty>}
              <TimelineList book={book} groups={groups} />
              {before !== null && (
                <button type="button" class="more" onClick={() => void more(before)}>
                  Older events
                </button>
              )}
            </>
          )
        }}
      </WhenLoaded>
    </Panel>
  )
}
