import { useSignal } from '@preact/signals'
import { figureText } from '@tranchebook/core'
import type { JSX } from 'preact'
import type { BookView, TrancheRow } from '../../src/api/index.js'
import { stopNote, targetDots } from '../ladder/ladder-of-book.js'
import { Age } from '../parts/age.js'
import { Figure, Gain, GainPercent } from '../parts/figure.js'
import { usePage } from '../parts/page-context.js'
import { ShieldSign } from '../parts/shield-sign.js'
import { changedTranches } from '../timeline/changed-tranches.js'
import { stateWords } from './tranche-state.js'
import { TrancheOpened } from './tranche-opened.js'

interface RowProps {
  readonly book: BookView
  readonly row: TrancheRow
  readonly columns: number
}

function isOpen({ exitTime }: TrancheRow): boolean {
  return exitTime === null
}

function Targets({ row }: { readonly row: TrancheRow }): JSX.Element {
  const dots = targetDots(row)
  if (dots.length === 0) return <span class="unknown">–</span>
  return (
    <span class="dots">
      {dots.map(({ isHit, title }) => (
        <span key={title} class={isHit ? 'dot is-hit' : 'dot'} title={title} role="img" aria-label={title}>
          {isHit ? '●' : '○'}
        </span>
      ))}
    </span>
  )
}

function Shield({ book, row }: Omit<RowProps, 'columns'>): JSX.Element {
  const { isProtected, uncovered } = row
  const isUnheard = usePage().isLost.value && !book.isPast
  if (isProtected === null || isUnheard) return <span class="unknown">–</span>
  if (isProtected)
    return (
      <span title="A stop at the venue covers it">
        <ShieldSign isWhole /> <span class="hidden">protected</span>
      </span>
    )
  return (
    <span class="alarm">
      <ShieldSign isWhole={false} /> {figureText(uncovered, book.quantityDecimals)} uncovered
    </span>
  )
}

function Stop({ book, row }: Omit<RowProps, 'columns'>): JSX.Element {
  if (row.stopLossPrice === null) return <span class="unknown">–</span>
  return (
    <>
      <Figure text={row.stopLossPrice} decimals={book.priceDecimals} />
      <small>{stopNote(row)}</small>
    </>
  )
}

function Cells({ book, row }: Omit<RowProps, 'columns'>): JSX.Element {
  const { priceDecimals, quantityDecimals } = book
  const { sign, words } = stateWords(row)
  return (
    <>
      <td data-title="state">
        <span aria-hidden="true">{sign}</span> {words}
        {isOpen(row) && row.waitsFor !== null && <small>{row.waitsFor}</small>}
      </td>
      <td class="figure" data-title="entry">
        <Figure text={row.entryPrice} decimals={priceDecimals} />
      </td>
      <td class="figure" data-title="open / original">
        <Figure text={row.quantity} decimals={quantityDecimals} />
        <span class="quiet"> / {figureText(row.originalQuantity, quantityDecimals)}</span>
      </td>
      <td class="figure" data-title="P&amp;L">
        <Gain text={isOpen(row) ? row.unrealizedPnl : row.netPnl} />
      </td>
      <td class="figure" data-title="%">
        <GainPercent text={row.pnlPercent} />
      </td>
      <td class="figure" data-title="stop">
        <Stop book={book} row={row} />
      </td>
      <td data-title="targets">
        <Targets row={row} />
      </td>
      <td class="figure" data-title="age">
        <Age since={row.entryTime} at={row.exitTime ?? (book.isPast ? book.time : null)} />
      </td>
      <td data-title="shield">
        <Shield book={book} row={row} />
      </td>
    </>
  )
}

/** A tranche as a row; it opens to tell what happened to it and why. */
export function TrancheTableRow({ book, row, columns }: RowProps): JSX.Element {
  const page = usePage()
  const isUnfolded = useSignal(false)
  const isChosen = page.chosen.value === row.id
  const isChanged = book.isPast && changedTranches(book.step).has(row.id)
  const point = (id: string | null) => () => {
    page.chosen.value = id
  }
  return (
    <>
      <tr
        class={['row', isChosen ? 'is-chosen' : '', isChanged ? 'is-changed' : ''].join(' ')}
        data-tranche={row.id}
        onMouseEnter={point(row.id)}
        onMouseLeave={point(null)}
        onFocusIn={point(row.id)}
        onFocusOut={point(null)}
      >
        <td>
          <button
            type="button"
            class="unfold"
            aria-expanded={isUnfolded.value}
            onClick={() => {
              isUnfolded.value = !isUnfolded.value
            }}
          >
            <span aria-hidden="true">{isUnfolded.value ? '▾' : '▸'}</span> {row.id}
          </button>
          {row.label !== null && <small>{row.label}</small>}
        </td>
        <Cells book={book} row={row} />
      </tr>
      {isUnfolded.value && (
        <tr class="opened">
          <td colSpan={columns}>
            <TrancheOpened book={book} row={row} />
          </td>
        </tr>
      )}
    </>
  )
}
