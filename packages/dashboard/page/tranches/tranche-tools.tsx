import { figureText } from '@tranchebook/core'
import type { JSX } from 'preact'
import type { Action, BookAction, BookView, TrancheRow } from '../../src/api/index.js'
import { usePage } from '../parts/page-context.js'
import { TextForm } from '../parts/text-form.js'

function onceConfirmed(book: BookView, action: BookAction): Action {
  return { ...action, account: book.account, symbol: book.symbol }
}

interface FormsProps {
  readonly book: BookView
  readonly row: TrancheRow
  readonly ask: (action: BookAction) => void
}

function LevelForms({ row, ask }: Omit<FormsProps, 'book'>): JSX.Element {
  const { id: tranche } = row
  return (
    <>
      <TextForm
        title={`New stop of ${tranche}`}
        button="Move stop"
        text={row.stopLossPrice ?? ''}
        isFigure
        onDone={(price) => {
          ask({ command: 'moveStop', tranche, price })
        }}
      />
      {row.takeProfit.kind !== 'scaled' && (
        <TextForm
          title={`New take profit of ${tranche}, empty for none`}
          button="Move target"
          text={row.takeProfitPrice ?? ''}
          isFigure
          onDone={(price) => {
            ask({ command: 'moveTakeProfit', tranche, price: price === '' ? null : price })
          }}
        />
      )}
    </>
  )
}

function Forms({ book, row, ask }: FormsProps): JSX.Element {
  const { id: tranche } = row
  return (
    <>
      <LevelForms row={row} ask={ask} />
      <TextForm
        title={`Label of ${tranche}`}
        button="Label"
        text={row.label ?? ''}
        placeholder="label"
        onDone={(label) => {
          ask({ command: 'labelTranche', tranche, label: label === '' ? null : label })
        }}
      />
      <TextForm
        title={`Note on ${tranche}`}
        button="Note"
        text=""
        placeholder="note"
        onDone={(note) => {
          ask({ command: 'annotateTranche', tranche, note })
        }}
      />
      <TextForm
        title={`Quantity to add to ${tranche}`}
        button={`Add to ${tranche}`}
        text=""
        placeholder="quantity"
        isFigure
        onDone={(quantity) => {
          ask({ command: 'addToTranche', tranche, quantity })
        }}
      />
      <TextForm
        title={`Quantity of ${tranche} to close, empty for all`}
        button={`Close ${tranche}`}
        text=""
        placeholder={`all ${figureText(row.quantity, book.quantityDecimals)}`}
        isFigure
        isGrave
        onDone={(quantity) => {
          ask({ command: 'closeTranche', tranche, quantity: quantity === '' ? null : quantity })
        }}
      />
    </>
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
      <button
        type="button"
        onClick={() => {
          ask({ command: 'disownTranche', tranche })
        }}
      >
        Disown
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
      <Forms book={book} row={row} ask={ask} />
    </div>
  )
}
