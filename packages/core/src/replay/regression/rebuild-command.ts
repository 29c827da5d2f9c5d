import type { TrancheBook } from '../../book/book.js'
import type { BookEvent } from '../../book/events.js'
import type { Tranche } from '../../book/tranche.js'
import { namedTranche } from '../../decide/fill-direction.js'
import { parsePrice } from '../../money/price.js'
import type { Command, CommandInput, InputHeader } from '../../observe/inputs.js'

function actorOf(event: BookEvent): string | null {
  if (event.type === 'TradingPaused' || event.type === 'TradingResumed') return event.actor
  if (event.type === 'RepairRequested') return event.actor
  const actor = event.because?.observed?.['actor'] ?? null
  return typeof actor === 'string' ? actor : null
}

/** True when the event says of itself that this command asked for it. */
function isAsked(event: BookEvent, command: Command['command']): boolean {
  return event.because?.rule === `command.${command}`
}

/** A name that leads to this tranche and to no other: its id, unless another one is labelled so. */
function nameOf(book: TrancheBook, id: string): string {
  const find = (name: string): Tranche | null => namedTranche(book, 'LONG', name) ?? namedTranche(book, 'SHORT', name)
  const tranche = [...book.groups.LONG.tranches, ...book.groups.SHORT.tranches].find((open) => open.id === id)
  return [id, tranche?.label ?? id].find((name) => find(name)?.id === id) ?? id
}

function commandOf(event: BookEvent, book: TrancheBook): Command | null {
  switch (event.type) {
    case 'TradingPaused':
      return event.kind === 'driftHalt' ? null : { command: event.kind }
    case 'TradingResumed':
      return { command: 'resume' }
    case 'RepairRequested':
      return { command: 'repair', kind: event.kind }
    case 'ConflictResolved':
      return { command: 'resolveConflict', note: event.note }
    case 'ConfigurationChanged':
      return { command: 'configure', options: event.options }
    case 'TrancheLabelled':
      return { command: 'labelTranche', tranche: nameOf(book, event.tranche), label: event.label }
    case 'TrancheAnnotated':
      return { command: 'annotateTranche', tranche: nameOf(book, event.tranche), note: event.note }
    case 'TakeProfitMoved':
      return {
        command: 'moveTakeProfit',
        tranche: nameOf(book, event.tranche),
        price: event.to === null ? null : parsePrice(event.to),
      }
    case 'TrancheIsolated':
      return isAsked(event, 'isolateTranche')
        ? { command: 'isolateTranche', tranche: nameOf(book, event.tranche) }
        : null
    case 'TrancheReleased':
      return isAsked(event, 'releaseTranche')
        ? { command: 'releaseTranche', tranche: nameOf(book, event.tranche) }
        : null
    case 'TrancheReduced':
      if (isAsked(event, 'takeOver')) return { command: 'takeOver' }
      return isAsked(event, 'disownTranche') ? { command: 'disownTranche', tranche: nameOf(book, event.tranche) } : null
    case 'TrancheMerged':
      return isAsked(event, 'mergeTranches')
        ? { command: 'mergeTranches', tranches: [event.tranche, ...event.absorbed].map((id) => nameOf(book, id)) }
        : null
    case 'StopMoved': {
      const force = event.because?.observed?.['force'] === true
      return isAsked(event, 'moveStop')
        ? { command: 'moveStop', tranche: nameOf(book, event.tranche), price: parsePrice(event.to), force }
        : null
    }
    default:
      return null
  }
}

/** The command behind these events, where they hold all it asked for; `null` = they do not, or there was none. */
export function rebuildCommand(
  events: readonly BookEvent[],
  header: InputHeader,
  book: TrancheBook,
): CommandInput | null {
  for (const event of events) {
    const command = commandOf(event, book)
    if (command !== null) return { ...header, type: 'command', actor: actorOf(event), ...command }
  }
  return null
}
