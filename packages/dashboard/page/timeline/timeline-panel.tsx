import type { JSX } from 'preact'
import type { BookView } from '../../src/api/index.js'
import { WhenLoaded } from '../parts/loaded.js'
import { Empty } from '../parts/notice.js'
import { usePage } from '../parts/page-context.js'
import { Panel } from '../parts/panel.js'
import { formatRoute } from '../state/route.js'
import { noteworthyGroups } from './noteworthy.js'
import { TimelineList } from './timeline-list.js'

/** What happened last, beside the rest of the book. */
export function TimelinePanel({ book, limit }: { readonly book: BookView; readonly limit: number }): JSX.Element {
  const page = usePage()
  const { account, symbol } = book
  const all = formatRoute({ type: 'book', place: { account, symbol }, room: 'timeline', version: page.version.value })
  return (
    <Panel title="What happened" tools={<a href={all}>Whole timeline</a>}>
      <WhenLoaded loaded={page.timeline.loaded.value}>
        {({ groups }) => {
          const past = groups.filter(({ firstVersion }) => firstVersion <= book.version)
          const shown = noteworthyGroups(past).slice(0, limit)
          return shown.length === 0 ? (
            <Empty title="Nothing yet">Every event will stand here as a sentence.</Empty>
          ) : (
            <TimelineList book={book} groups={shown} />
          )
        }}
      </WhenLoaded>
    </Panel>
  )
}
