import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import type { BookListView, BookSummary } from '../../src/api/index.js'
import { Figure, Gain } from '../parts/figure.js'
import { WhenLoaded } from '../parts/loaded.js'
import { usePage } from '../parts/page-context.js'
import { ShieldSign } from '../parts/shield-sign.js'
import { formatRoute } from '../state/route.js'
import { ATTENTION } from './attention-words.js'
import { filterBooks, isSameBook } from './filter-books.js'

interface BookLinkProps {
  readonly book: BookSummary
  readonly isChosen: boolean
  readonly hasAccount: boolean
}

function BookLink({ book, isChosen, hasAccount }: BookLinkProps): JSX.Element {
  const { account, symbol, sides, unrealizedPnl, attention, quantityDecimals } = book
  const page = usePage()
  const isHeard = page.account.loaded.value.value?.badge !== 'RECORDED' && !page.isLost.value
  const open = sides.filter(({ quantity }) => /[1-9]/.test(quantity))
  const isAlarm = attention.some((reason) => reason !== 'isolated' && reason !== 'paused')
  const href = formatRoute({ type: 'book', place: { account, symbol }, room: 'book', version: null })
  return (
    <a href={href} class={isChosen ? 'book-link is-chosen' : 'book-link'} aria-current={isChosen ? 'page' : undefined}>
      <span class="symbol">
        {symbol} {hasAccount && <span class="quiet">{account}</span>}
      </span>
      <Gain text={open.length === 0 ? null : unrealizedPnl} />
      <span class="positions">
        {open.map(({ side, quantity }) => (
          <span key={side}>
            <span aria-label={side}>{side === 'LONG' ? '▲' : '▼'}</span>{' '}
            <Figure text={quantity} decimals={quantityDecimals} />
          </span>
        ))}
        {open.length === 0 && <span class="quiet">flat</span>}
      </span>
      <span class={isAlarm ? 'attention alarm' : 'attention'}>
        {attention.map((reason) => (
          <span key={reason} title={ATTENTION[reason].words}>
            <span aria-hidden="true">{ATTENTION[reason].sign}</span>
            <span class="words">{attention.length === 1 ? ATTENTION[reason].words : ''}</span>
          </span>
        ))}
        {attention.length === 0 && open.length > 0 && isHeard && <ShieldSign isWhole />}
      </span>
    </a>
  )
}

function Links({ list, search }: { readonly list: BookListView; readonly search: string }): JSX.Element {
  const page = usePage()
  const shown = filterBooks(list.books, search)
  const hasAccount = new Set(list.books.map(({ account }) => account)).size > 1
  if (list.books.length === 0) return <p class="quiet rail-note">No book yet: one opens with its first fill.</p>
  if (shown.length === 0) return <p class="quiet rail-note">No book matches «{search}».</p>
  return (
    <nav aria-label="Books">
      {shown.map((book) => (
        <BookLink
          key={`${book.account}/${book.symbol}`}
          hasAccount={hasAccount}
          book={book}
          isChosen={isSameBook(book, page.place.value)}
        />
      ))}
    </nav>
  )
}

/** All books, those that want attention first. */
export function BookRail(): JSX.Element {
  const page = usePage()
  const search = useSignal('')
  return (
    <aside class="rail">
      <input
        id="book-search"
        type="search"
        placeholder="Search books  /"
        aria-label="Search books"
        value={search.value}
        onInput={({ currentTarget }) => {
          search.value = currentTarget.value
        }}
      />
      <WhenLoaded loaded={page.books.loaded.value}>{(list) => <Links list={list} search={search.value} />}</WhenLoaded>
    </aside>
  )
}
