import type { JSX } from 'preact'
import { LadderColumn } from './ladder-column.js'
import type { LadderView } from './ladder-view.js'
import { layoutLadder, type AxisLabel, type LadderLayout, type LadderSize } from './layout-ladder.js'

/** What the picture is made from. `chosen` and `changed` are ids of tranches. */
export interface DrawingProps {
  readonly view: LadderView
  readonly size: LadderSize
  readonly chosen: string | null
  readonly changed: ReadonlySet<string>
  readonly onChoose: ((id: string | null) => void) | null
}

function Axis({ layout, label }: { readonly layout: LadderLayout; readonly label: AxisLabel }): JSX.Element {
  const { left, right } = layout.plot
  const isMark = label.type === 'mark'
  return (
    <g class={`ladder-axis ladder-axis-${label.type}`}>
      {isMark && <rect class="ladder-mark-box" x={2} y={label.y - 9} width={left - 10} height={18} rx={3} />}
      {!isMark && <path class="ladder-grid" d={`M${left} ${label.y}H${right}`} />}
      <text x={left - 14} y={label.y + 4} text-anchor="end">
        {label.text}
      </text>
    </g>
  )
}

function Hatching(): JSX.Element {
  return (
    <defs>
      <pattern id="ladder-hatching" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path class="ladder-hatch" d="M0 0V5" />
      </pattern>
    </defs>
  )
}

/** The ladder as one picture: everything in it comes from the book it is given. */
export function LadderDrawing({ view, size, chosen, changed, onChoose }: DrawingProps): JSX.Element {
  const layout = layoutLadder(view, size)
  const { plot, markY, axis, columns, density, width, height } = layout
  return (
    <svg
      class="ladder"
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="group"
      aria-label="Ladder: the open tranches, price upward"
    >
      <Hatching />
      {axis.map((label) => (
        <Axis layout={layout} label={label} />
      ))}
      {markY !== null && <path class="ladder-mark" d={`M${plot.left - 8} ${markY}H${plot.right}`} />}
      {columns.map((column) => (
        <LadderColumn
          key={column.tranche.id}
          column={column}
          foot={plot.bottom}
          isTight={density === 'tight'}
          isChosen={chosen === column.tranche.id}
          isChanged={changed.has(column.tranche.id)}
          quantityDecimals={view.quantityDecimals}
          onChoose={onChoose}
        />
      ))}
    </svg>
  )
}
