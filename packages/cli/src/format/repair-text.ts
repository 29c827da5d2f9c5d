import type { Finding, ProtectionReport, RepairResult, RepairStep } from '@tranchebook/manager'
import { inTone, type Tone } from './colour.js'
import { exactFigure } from './figure.js'
import { type Cell, type Column, formatTable } from './table.js'
import { visibleLine } from './visible-text.js'

const COLUMNS: readonly Column[] = [
  { title: 'SYMBOL', align: 'left' },
  { title: 'SIDE', align: 'left' },
  { title: 'QUANTITY', align: 'decimal' },
  { title: 'COVERED', align: 'decimal' },
  { title: 'UNCOVERED', align: 'decimal' },
  { title: 'STOPS', align: 'left' },
  { title: 'TRANCHES WITHOUT', align: 'left' },
]

const TONES: Readonly<Record<Finding['level'], Tone>> = { fine: 'dim', warning: 'strong', problem: 'loss' }

function stopsText({ stops }: ProtectionReport['positions'][number]): string {
  return stops
    .map(({ quantity, triggerPrice, isOurs }) => {
      const size = quantity === null ? 'all' : exactFigure(quantity)
      return `${size} at ${exactFigure(triggerPrice)}${isOurs ? '' : ' (not ours)'}`
    })
    .join(', ')
}

function rowOf(position: ProtectionReport['positions'][number]): readonly Cell[] {
  const { symbol, side, quantity, covered, uncovered, tranches } = position
  return [
    { text: symbol },
    { text: side },
    { text: exactFigure(quantity) },
    { text: exactFigure(covered) },
    uncovered === '0' ? { text: '0' } : { text: exactFigure(uncovered), tone: 'loss' },
    { text: stopsText(position) },
    { text: tranches.map((part) => `${part.tranche} ${exactFigure(part.quantity)}`).join(', ') },
  ]
}

/** Findings, a line each, with how bad they are. */
export function findingLines(findings: readonly Finding[], hasColour: boolean): string {
  return findings
    .map(({ level, message }) => `${inTone(level.padEnd(8), TONES[level], hasColour)} ${visibleLine(message)}\n`)
    .join('')
}

/** Open positions as the venue has them, what of them is behind stops, and the verdict. */
export function protectionText({ positions, findings, isProtected }: ProtectionReport, hasColour: boolean): string {
  const verdict = positions.length === 0 ? 'nothing is open' : isProtected ? 'protected' : 'NOT PROTECTED'
  const table = positions.length === 0 ? '' : `${formatTable(COLUMNS, positions.map(rowOf), hasColour)}\n`
  return `${table}${findingLines(findings, hasColour)}${verdict}\n`
}

function stepLine({ type, symbol, message }: RepairStep, isDryRun: boolean): string {
  const word = { place: 'send', cancel: 'cancel', book: 'book' }[type]
  return visibleLine(`${isDryRun ? `would ${word}` : word} ${symbol}: ${message}`)
}

/** The same line again and again stands once, with how often. */
function counted(lines: readonly string[]): readonly string[] {
  const runs: { line: string; count: number }[] = []
  for (const line of lines) {
    const last = runs.at(-1)
    if (last?.line === line) last.count += 1
    else runs.push({ line, count: 1 })
  }
  return runs.map(({ line, count }) => (count === 1 ? `${line}\n` : `${line} (${count} times)\n`))
}

/** What a repair did, or would do, and how the account stands. */
export function repairText({ isDryRun, steps, findings, protection }: RepairResult, hasColour: boolean): string {
  const lines = counted(steps.map((step) => stepLine(step, isDryRun)))
  const done = lines.length === 0 ? 'nothing to do\n' : lines.join('')
  return `${done}${findingLines(findings, hasColour)}${protectionText(protection, hasColour)}`
}
