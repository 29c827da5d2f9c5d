import { formatRoute } from '../state/route.js'
import type { JSX } from 'preact'
import type { BookView } from '../../src/api/index.js'
import { steadyDuration } from '../parts/age.js'
import { usePage } from '../parts/page-context.js'

/** Between a fill and its stop there is always a moment; what lasts longer wants somebody. */
const LASTING_MS = 3000

/** What contradicts what, by the code of the conflict. */
const CONFLICTS: Readonly<Record<string, string>> = {
  closeExceedsOpen: 'more was closed than was open; the position began before the first trade that is known',
  oppositeSide: 'the venue holds the other side',
}

function Mend({ book, children }: { readonly book: BookView; readonly children: string }): JSX.Element {
  const { account, symbol } = book
  const there = formatRoute({ type: 'book', place: { account, symbol }, room: 'reconciliation', version: null })
  return <a href={there}>{children}</a>
}

function Bare({ book }: { readonly book: BookView }): JSX.Element | null {
  const page = usePage()
  const { unprotectedSince: since, isPast } = book
  const lastsMs = since === null ? 0 : page.now.value - since
  if (isPast || lastsMs < LASTING_MS) return null
  return (
    <p class="banner alarm">
      Something open has had no stop for {steadyDuration(lastsMs)}. <Mend book={book}>Protect what is missing</Mend>
    </p>
  )
}

/** What is to be said about a book as a whole, and where it is mended. */
export function BookNotices({ book }: { readonly book: BookView }): JSX.Element {
  const { conflict, pauses, groups } = book
  const isRunning = usePage().account.loaded.value.value?.badge !== 'RECORDED'
  const isDrifting = conflict === null && groups.some(({ syncStatus }) => syncStatus === 'drift')
  return (
    <>
      {isRunning && <Bare book={book} />}
      {conflict !== null && (
        <p class="banner alarm" role="alert">
          Conflict: {CONFLICTS[conflict] ?? conflict}.{' '}
          {isRunning && 'Nothing but protection is sent until a command resolves it. '}
          <Mend book={book}>What differs</Mend>
        </p>
      )}
      {isDrifting && (
        <p class="banner notice">
          The venue holds something else than the book. <Mend book={book}>What differs</Mend>
        </p>
      )}
      {pauses.length > 0 && <p class="banner notice">Entries are off ({pauses.join(', ')}); protection goes on.</p>}
    </>
  )
}
