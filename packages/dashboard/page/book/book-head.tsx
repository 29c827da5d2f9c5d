import type { JSX } from 'preact'
import type { BookView } from '../../src/api/index.js'
import { usePage } from '../parts/page-context.js'
import { BOOK_ROOMS, formatRoute, type BookRoom } from '../state/route.js'
import { BookMenu } from './book-menu.js'
import { BookNotices } from './book-notices.js'

const NAMES: Readonly<Record<BookRoom, string>> = {
  book: 'Book',
  timeline: 'Timeline',
  orders: 'Orders',
  reconciliation: 'Reconciliation',
  analytics: 'Analytics',
  settings: 'Settings',
}

/** Symbol, rooms, and what is to be said about the book as a whole. */
export function BookHead({ book }: { readonly book: BookView }): JSX.Element {
  const page = usePage()
  const { value: route } = page.route
  if (route.type !== 'book') return <></>
  const { account, symbol, positionMode, rules } = book
  return (
    <>
      <div class="book-head">
        <h1>{symbol}</h1>
        <span class="quiet">
          {account} · {positionMode === 'HEDGE' ? 'hedge' : 'one-way'} · closes {rules.closingStrategy} ·{' '}
          {rules.stopLadder.toLowerCase().replaceAll('_', ' ')}
        </span>
        <BookMenu book={book} />
      </div>
      <nav class="tabs" aria-label="Rooms of the book">
        {BOOK_ROOMS.map((room) => (
          <a key={room} href={formatRoute({ ...route, room })} aria-current={room === route.room ? 'page' : undefined}>
            {NAMES[room]}
          </a>
        ))}
      </nav>
      <BookNotices book={book} />
    </>
  )
}
