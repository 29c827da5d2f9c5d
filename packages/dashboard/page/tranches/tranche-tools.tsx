import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import type { Action, BookAction, BookView, TrancheRow } from '../../src/api/index.js'
import { usePage } from '../parts/page-context.js'

function onceConfirmed(book: BookView, action: BookAction): Action {
  return { ...action, account: book.account, symbol: book.symbol }
}

function LabelForm({
  row,
  onDone,
}: {
  readonly row: TrancheRow
  readonly onDone: (label: string | null) => void
}): JSX.Element {
  const text = useSignal(row.label ?? '')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onDone(text.value.trim() === '' ? null : text.value.trim())
      }}
    >
      <input
        aria-label={`Label of ${row.id}`}
        placeholder="label"
        value={text.value}
        onInput={({ currentTarget }) => {
          text.value = currentTarget.value
        }}
      />
      <button type="submit">Label</button>
    </form>
  )
}

function StopForm({
  row,
  onDone,
}: {
  readonly row: TrancheRow
  readonly onDone: (price: string) => void
}): JSX.Element {
  const text = useSignal(row.stopLossPrice ?? '')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onDone(text.value.replaceAll(' ', ''))
      }}
    >
      <input
        class="figure"
        inputMode="decimal"
        aria-label={`New stop of ${row.id}`}
        value={text.value}
        onInput={({ currentTarget }) => {
          text.value = currentTarget.value
        }}
      />
      <button type="submit">Move stop</button>
    </form>
  )
}

/** What can be done with one open tranche. Each is shown before it is done. */
export function TrancheTools({ book, row }: { readonly book: BookView; readonly row: TrancheRow }): JSX.Element {
  const page = usePage()
  const { id: tranche } = row
  const ask = (action: BookAction): void => {
    page.action.value = onceConfirmed(book, action)
  }
  const older = book.groups
    .flatMap(({ tranches }) => tranches)
    .filter(({ side, id, isolated }) => side === row.side && id !== tranche && isolated === row.isolated)
  return (
    <div class="tranche-tools">
      <button
        type="button"
        onClick={() => {
          ask({ command: row.isolated ? 'releaseTranche' : 'isolateTranche', tranche })
        }}
      >
        {row.isolated ? 'Release' : 'Isolate'}
      </button>
      {older.map(({ id }) => (
        <button
          key={id}
          type="button"
          onClick={() => {
            ask({ command: 'mergeTranches', tranches: [id, tranche] })
          }}
        >
          Merge with {id}
        </button>
      ))}
      <StopForm
        row={row}
        onDone={(price) => {
          ask({ command: 'moveStop', tranche, price })
        }}
      />
      <LabelForm
        row={row}
        onDone={(label) => {
          ask({ command: 'labelTranche', tranche, label })
        }}
      />
      <button
        type="button"
        class="danger"
        onClick={() => {
          ask({ command: 'closeTranche', tranche })
        }}
      >
        Close {tranche}
      </button>
    </div>
  )
}
