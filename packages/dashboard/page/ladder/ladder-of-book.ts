import { figureText, percentText } from '@tranchebook/core'
import type { BookView, TrancheRow } from '../../src/api/index.js'
import type { LadderTarget, LadderTranche, LadderView } from './ladder-view.js'

const RUNGS: Readonly<Record<TrancheRow['stopRung'], string>> = {
  initial: 'stop',
  ladder: 'stop, ladder',
  trailing: 'stop, trailing',
  command: 'stop, by command',
}

/** Where these stand changes with the mark, or was somebody's wish. */
const MOVING: readonly TrancheRow['stopRung'][] = ['trailing', 'command']

const HUNDREDTHS = 10_000

/** How far a stop is from its entry, for a caption, in percent to two decimals. */
function distanceText(entry: string, stop: string): string {
  const percent = Math.round((Number(stop) / Number(entry) - 1) * HUNDREDTHS) / 100
  return ` ${percent > 0 ? '+' : ''}${figureText(`${percent}`)} %`
}

/** Why a stop stands where it does, in a few words: `stop −2 %`, `stop at entry`, `stop at TP1`. */
function stopText({ stopLossPrice, entryPrice, stopRung, takeProfit }: TrancheRow): string {
  if (stopLossPrice === null) return 'no stop'
  if (stopLossPrice === entryPrice) return 'stop moved here'
  const target = takeProfit.levels.find(({ price }) => price === stopLossPrice)
  if (target !== undefined) return `stop at TP${target.level}`
  return `${RUNGS[stopRung]}${MOVING.includes(stopRung) ? '' : distanceText(entryPrice, stopLossPrice)}`
}

/** The same beside the stop's own price: `−2 %`, `at entry`, `trailing`. */
export function stopNote(row: TrancheRow): string {
  if (row.stopLossPrice === row.entryPrice) return 'at entry'
  return stopText(row).replace(/^stop,? ?/, '')
}

function targetsOf({ takeProfit, takeProfitPrice, quantity }: TrancheRow): readonly LadderTarget[] {
  if (takeProfit.kind === 'scaled') {
    return takeProfit.levels.flatMap(({ level, price, closePercent, quantity: share, isHit, isSkipped }) =>
      isSkipped ? [] : [{ level, price, sharePercent: closePercent, quantity: share, isHit }],
    )
  }
  if (takeProfitPrice === null) return []
  return [{ level: null, price: takeProfitPrice, sharePercent: null, quantity, isHit: false }]
}

function trancheOf(row: TrancheRow): LadderTranche {
  const { id, label, side, isolated, waitsFor, entryPrice, quantity, originalQuantity, stopLossPrice, pnlPercent } = row
  return {
    id,
    label,
    side,
    isIsolated: isolated,
    waitsFor,
    entryPrice,
    quantity,
    originalQuantity,
    stopPrice: stopLossPrice,
    stopText: stopText(row),
    targets: targetsOf(row),
    pnlPercent,
  }
}

/** The open tranches of both sides of a book, oldest first. */
export function ladderOfBook({ groups, mark, priceDecimals, quantityDecimals }: BookView): LadderView {
  const rows = groups.flatMap(({ tranches }) => tranches)
  const oldestFirst = rows.toSorted((one, other) => one.entryTime - other.entryTime)
  return { tranches: oldestFirst.map(trancheOf), mark, priceDecimals, quantityDecimals }
}

/** Targets of a tranche as dots with their share: `● 40 %`, `○ 30 %`. */
export function targetDots(row: TrancheRow): readonly { readonly isHit: boolean; readonly title: string }[] {
  return targetsOf(row).map(({ level, price, sharePercent, isHit }) => ({
    isHit,
    title: [
      level === null ? 'take profit' : `TP${level}`,
      figureText(price),
      sharePercent === null ? '' : percentText(sharePercent),
      isHit ? 'hit' : '',
    ]
      .filter(Boolean)
      .join(' '),
  }))
}
