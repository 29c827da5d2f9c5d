import { figureText, gainText, percentText } from '@tranchebook/core'
import type { JSX } from 'preact'
import type { Box, ColumnLabel, ColumnLayout } from './column-layout.js'
import { foldText } from './fold-text.js'
import { FOOT_HEIGHT } from './layout-ladder.js'
import type { LadderTranche } from './ladder-view.js'

/** What a column is drawn with. */
export interface ColumnProps {
  readonly column: ColumnLayout
  readonly foot: number
  readonly isTight: boolean
  readonly isChosen: boolean
  readonly isChanged: boolean
  readonly quantityDecimals: number | null
  readonly onChoose: ((id: string | null) => void) | null
}

const LETTER_WIDTH = 6
/** Lines of what an isolated tranche waits for. */
const WAIT_LINES = 3
const ROUND = 5

function rectangle(box: Box, name: string): JSX.Element {
  return <rect class={name} x={box.x} y={box.y} width={box.width} height={Math.max(1, box.height)} />
}

function diamond(x: number, y: number): JSX.Element {
  return <path class="ladder-entry" d={`M${x - 6} ${y}l6 -6l6 6l-6 6z`} />
}

function cut(text: string, pixels: number): string {
  return foldText(text, Math.floor(pixels / LETTER_WIDTH), 1).join('')
}

function sideArrow({ side }: LadderTranche): string {
  return side === 'LONG' ? '▲' : '▼'
}

function quantityText({ quantity, originalQuantity }: LadderTranche, decimals: number | null): string {
  const open = figureText(quantity, decimals)
  return quantity === originalQuantity ? open : `${open}/${figureText(originalQuantity, decimals)}`
}

function percentGain(percent: string | null): string {
  return percent === null ? '–' : `${gainText(percent)} %`
}

/** A tranche in one sentence, for those who do not see the picture. */
function describeColumn(tranche: LadderTranche, decimals: number | null): string {
  const { id, side, entryPrice, stopPrice, stopText, targets, isIsolated, waitsFor, pnlPercent } = tranche
  const aims = targets.map(({ level, price, isHit, sharePercent }) => {
    const name = level === null ? 'target' : `TP${level}`
    const share = sharePercent === null ? '' : ` for ${percentText(sharePercent)}`
    return `${name} ${figureText(price)}${share}${isHit ? ', hit' : ''}`
  })
  const parts = [
    `${id} ${side} ${quantityText(tranche, decimals)}`,
    `entry ${figureText(entryPrice)}`,
    stopPrice === null ? 'no stop' : `${stopText} at ${figureText(stopPrice)}`,
    ...aims,
    `result ${percentGain(pnlPercent)}`,
    ...(isIsolated ? [`isolated${waitsFor === null ? '' : `, ${waitsFor}`}`] : []),
  ]
  return parts.join('; ')
}

function drawLabel({ type, y, anchorY, text, isOverMark }: ColumnLabel, x: number, room: number): JSX.Element {
  const isMoved = Math.abs(y - anchorY) > 3
  const shown = cut(text, room)
  return (
    <g key={`${type}${text}`}>
      {isMoved && <path class="ladder-leader" d={`M${x - 8} ${anchorY}L${x - 3} ${y}`} />}
      {isOverMark && (
        <rect class="ladder-label-ground" x={x - 4} y={y - 7} width={shown.length * LETTER_WIDTH + 8} height={14} />
      )}
      <text class={`ladder-label ladder-label-${type}`} x={x} y={y + 4}>
        {shown}
      </text>
    </g>
  )
}

function Foot({ column, foot, isTight, quantityDecimals }: ColumnProps): JSX.Element {
  const { tranche, slot } = column
  const { id, isIsolated, waitsFor, pnlPercent } = tranche
  const x = slot.x + 8
  const isLoss = pnlPercent?.startsWith('-') === true
  const amount = isTight ? '' : ` ${quantityText(tranche, quantityDecimals)}`
  const wait = waitsFor === null ? '◐ isolated' : `◐ isolated, ${waitsFor}`
  const waiting = isIsolated ? foldText(wait, Math.floor((slot.width - 8) / LETTER_WIDTH), WAIT_LINES) : []
  return (
    <g class="ladder-foot">
      <text class="ladder-name" x={x} y={foot + 16}>
        {cut(`${sideArrow(tranche)} ${id}${amount}`, slot.width - 8)}
      </text>
      {pnlPercent !== null && (
        <text class={isLoss ? 'ladder-loss' : 'ladder-gain'} x={x} y={foot + 31}>
          {isTight ? gainText(pnlPercent, 1) : percentGain(pnlPercent)}
        </text>
      )}
      {(isTight && isIsolated ? ['◐'] : waiting).map((line, index) => (
        <text class="ladder-wait" x={x} y={foot + 46 + index * 14}>
          {line}
        </text>
      ))}
    </g>
  )
}

function Body({ column }: { readonly column: ColumnLayout }): JSX.Element {
  const { bodyX, bodyWidth, stem, risk, steps, closed, result, entryY, stop, targets } = column
  return (
    <g class="ladder-body">
      <path class="ladder-stem" d={`M${bodyX} ${stem.top}V${stem.bottom}`} />
      {risk !== null && rectangle(risk, 'ladder-risk')}
      {steps.map((box) => rectangle(box, 'ladder-step'))}
      {closed !== null && rectangle(closed, 'ladder-closed')}
      {result !== null && rectangle(result, result.isGain ? 'ladder-result-gain' : 'ladder-result-loss')}
      {targets.map(({ x, y, isHit }) => (
        <g class={isHit ? 'ladder-target-hit' : 'ladder-target'}>
          <path d={`M${bodyX} ${y}H${x - ROUND}`} />
          <circle cx={x} cy={y} r={ROUND - 0.5} />
        </g>
      ))}
      {stop !== null && (
        <rect class="ladder-stop" x={bodyX - 5} y={stop.y - 2} width={bodyWidth + 10} height={4} rx={1} />
      )}
      {stop?.pinned === 'above' && <path class="ladder-pin" d={`M${bodyX} ${stop.y - 5}h7l-3.5 -6z`} />}
      {stop?.pinned === 'below' && <path class="ladder-pin" d={`M${bodyX} ${stop.y + 5}h7l-3.5 6z`} />}
      <path class="ladder-entry-line" d={`M${bodyX} ${entryY}H${bodyX + bodyWidth}`} />
      {diamond(bodyX, entryY)}
    </g>
  )
}

/** One tranche of the ladder: reacts to pointer and focus with its id, and with `null` when they leave. */
export function LadderColumn(props: ColumnProps): JSX.Element {
  const { column, isTight, isChosen, isChanged, quantityDecimals, onChoose } = props
  const { tranche, slot, labels, bodyX, bodyWidth } = column
  const labelX = bodyX + bodyWidth + 16
  const marks = [tranche.isIsolated && 'is-isolated', isChosen && 'is-chosen', isChanged && 'is-changed']
  const choose = (id: string | null) => () => onChoose?.(id)
  return (
    <g
      class={['ladder-column', ...marks.filter((mark) => mark !== false)].join(' ')}
      {...(onChoose !== null && { tabIndex: 0, 'data-tranche': tranche.id })}
      role="img"
      aria-label={describeColumn(tranche, quantityDecimals)}
      onMouseEnter={choose(tranche.id)}
      onMouseLeave={choose(null)}
      onFocus={choose(tranche.id)}
      onBlur={choose(null)}
    >
      <rect class="ladder-slot" x={slot.x + 1} y={0} width={slot.width - 2} height={props.foot + FOOT_HEIGHT} rx={4} />
      <Body column={column} />
      {!isTight && labels.map((label) => drawLabel(label, labelX, slot.x + slot.width + 8 - labelX))}
      <Foot {...props} />
    </g>
  )
}
