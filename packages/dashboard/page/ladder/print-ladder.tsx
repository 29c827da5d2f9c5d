import { render } from 'preact-render-to-string'
import type { BookView } from '../../src/api/index.js'
import { LadderDrawing } from './ladder-drawing.js'
import { ladderOfBook } from './ladder-of-book.js'
import type { LadderSize } from './layout-ladder.js'

const PADDING = 12

/** The ladder of a book as a picture that stands by itself: an SVG with its own style, on its own ground. */
export function printLadder(book: BookView, size: LadderSize, style: string): string {
  const inner = { width: size.width - 2 * PADDING, height: size.height - 2 * PADDING }
  const drawing = render(
    <LadderDrawing view={ladderOfBook(book)} size={inner} chosen={null} changed={new Set()} onChoose={null} />,
  )
  const frame = `<rect class="ladder-ground" x="0.5" y="0.5" width="${size.width - 1}" height="${size.height - 1}" rx="10"/>`
  const ground = '.ladder-ground { fill: var(--panel); stroke: var(--line); }'
  const nested = drawing.replace('<svg', `<svg x="${PADDING}" y="${PADDING}"`)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}">
<style>${style}${ground}</style>
${frame}
${nested.replaceAll('><', '>\n<')}
</svg>
`
}
