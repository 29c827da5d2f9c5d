import type { ComponentChildren, JSX } from 'preact'
import { useRef } from 'preact/hooks'
import { API_PATHS, EXPORT_FORMATS, EXPORT_TABLES, type Action, type BookView } from '../../src/api/index.js'
import { usePage } from '../parts/page-context.js'
import { TextForm } from '../parts/text-form.js'

/** What opens below its title, and is left by Escape. */
function Menu({ title, children }: { readonly title: string; readonly children: ComponentChildren }): JSX.Element {
  const summary = useRef<HTMLElement>(null)
  return (
    <details
      class="menu"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !event.currentTarget.open) return
        event.stopPropagation()
        event.currentTarget.open = false
        summary.current?.focus()
      }}
    >
      <summary ref={summary}>{title}</summary>
      <div>{children}</div>
    </details>
  )
}

function Exports({ book }: { readonly book: BookView }): JSX.Element {
  const { account, symbol } = book
  const narrowed = `?account=${encodeURIComponent(account)}&symbol=${encodeURIComponent(symbol)}`
  return (
    <Menu title="Export">
      {EXPORT_TABLES.map((table) => (
        <p key={table}>
          <span>{table}</span>
          {EXPORT_FORMATS.map((format) => (
            <a key={format} href={`${API_PATHS.export(table, format)}${narrowed}`} download>
              {format.toUpperCase()}
            </a>
          ))}
        </p>
      ))}
      <p>
        <a href={API_PATHS.incident(book)} download>
          Incident file (whole log of this book)
        </a>
      </p>
    </Menu>
  )
}

/** An entry at market, shown before it is sent. */
function Open({ book }: { readonly book: BookView }): JSX.Element {
  const page = usePage()
  const { account, symbol, groups } = book
  return (
    <Menu title="Open">
      {groups.map(({ side }) => (
        <TextForm
          key={side}
          title={`Quantity of a new ${side} tranche`}
          button={`Open ${side}`}
          text=""
          placeholder={`quantity, ${book.baseAsset}`}
          isFigure
          onDone={(quantity) => {
            page.action.value = { command: 'openTranche', account, symbol, side, quantity }
          }}
        />
      ))}
    </Menu>
  )
}

/** What can be done with the book as a whole. */
export function BookMenu({ book }: { readonly book: BookView }): JSX.Element {
  const page = usePage()
  const { account, symbol } = book
  const { value: view } = page.account.loaded.value
  const canAct = view?.isReadOnly === false && !book.isPast
  const ask = (action: Action) => () => {
    page.action.value = action
  }
  return (
    <span class="tools">
      <Exports book={book} />
      {canAct && (
        <>
          <Open book={book} />
          {book.conflict !== null && (
            <button type="button" onClick={ask({ command: 'resolveConflict', account, symbol })}>
              Resolve conflict
            </button>
          )}
          <button
            type="button"
            onClick={ask({ command: book.pauses.length > 0 ? 'resume' : 'pause', account, symbol })}
          >
            {book.pauses.length > 0 ? 'Resume' : 'Pause'}
          </button>
          <button type="button" onClick={ask({ command: 'gracefulStop', account, symbol })}>
            Graceful stop
          </button>
          <button type="button" class="danger" onClick={ask({ command: 'flatten', account, symbol })}>
            Close all
          </button>
        </>
      )}
    </span>
  )
}
