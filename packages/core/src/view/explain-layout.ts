import type { ExplainedLine } from './explain-lines.js'
import { formatClock, formatDay } from './time-text.js'

/** What is laid out. */
export interface ExplanationParts {
  readonly title: string
  readonly lines: readonly ExplainedLine[]
  readonly summary: string
}

/** Time of day, with the day before it where the lines span several. */
function clocksOf(lines: readonly ExplainedLine[]): readonly string[] {
  const days = new Set(lines.map(({ time }) => formatDay(time)))
  return lines.map(({ time }, index) => {
    const isSame = index > 0 && lines[index - 1]?.time === time
    if (isSame) return ''
    return days.size > 1 ? `${formatDay(time)} ${formatClock(time)}` : formatClock(time)
  })
}

function widthOf(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => text.length))
}

/** Title, aligned lines, summary: one text for a terminal. A moment is written once. */
export function layOutExplanation({ title, lines, summary }: ExplanationParts): string {
  const clocks = clocksOf(lines)
  const clockWidth = widthOf(clocks)
  const whatWidth = widthOf(lines.map(({ what }) => what))
  const amountWidth = widthOf(lines.map(({ amount }) => amount ?? ''))
  const rows = lines.map(({ what, amount, why }, index) =>
    ` ${(clocks[index] ?? '').padEnd(clockWidth)}  ${what.padEnd(whatWidth)}  ${(amount ?? '').padStart(amountWidth)}  ${why ?? ''}`.trimEnd(),
  )
  return [title, ...rows, ` ${summary}`].join('\n')
}
