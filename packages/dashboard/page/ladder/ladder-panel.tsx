import type { JSX } from 'preact'
import type { BookView } from '../../src/api/index.js'
import { Empty } from '../parts/notice.js'
import { usePage } from '../parts/page-context.js'
import { Panel } from '../parts/panel.js'
import { useWidth } from '../parts/use-width.js'
import { changedTranches } from '../timeline/changed-tranches.js'
import { LadderDrawing } from './ladder-drawing.js'
import { ladderOfBook } from './ladder-of-book.js'
import { leastLadderWidth } from './layout-ladder.js'

const HEIGHT = 400
const FIRST_WIDTH = 560

/** The ladder of a book: every open tranche at its prices. */
export function LadderPanel({ book }: { readonly book: BookView }): JSX.Element {
  const page = usePage()
  const { ref, width } = useWidth(FIRST_WIDTH)
  const view = ladderOfBook(book)
  const size = { width: Math.max(width, leastLadderWidth(view)), height: HEIGHT }
  return (
    <Panel title="Ladder" note="as wide as its quantity; hatched is closed" name="ladder-panel">
      <div class="scroll" ref={ref}>
        {view.tranches.length === 0 ? (
          <Empty title="No open tranche">The ladder draws itself with the next entry.</Empty>
        ) : (
          <LadderDrawing
            view={view}
            size={size}
            chosen={page.chosen.value}
            changed={book.isPast ? changedTranches(book.step) : new Set()}
            onChoose={(id) => {
              page.chosen.value = id
            }}
          />
        )}
      </div>
    </Panel>
  )
}
