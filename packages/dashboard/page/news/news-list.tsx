import type { JSX } from 'preact'
import { usePage } from '../parts/page-context.js'
import { formatRoute } from '../state/route.js'

/** What happened just now in any book, for a moment; each leads to the event. */
export function NewsList(): JSX.Element {
  const page = usePage()
  return (
    <ol class="news" aria-live="polite" aria-label="News">
      {page.news.value.map(({ account, symbol, version, sentence, position }) => (
        <li key={position}>
          <a href={formatRoute({ type: 'book', place: { account, symbol }, room: 'timeline', version })}>
            <strong>{symbol}</strong> {sentence}
          </a>
        </li>
      ))}
    </ol>
  )
}
