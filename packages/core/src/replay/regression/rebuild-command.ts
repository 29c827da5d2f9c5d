import type { BookEvent } from '../../book/events.js'
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

function commandOf(event: BookEvent): Command | null {
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
      return { command: 'labelTranche', tranche: event.tranche, label: event.label }
    case 'TrancheAnnotated':
      return { command: 'annotateTranche', tranche: event.tranche, note: event.note }
    case 'TakeProfitMoved':
      return {
        command: 'moveTakeProfit',
        tranche: event.tranche,
        price: event.to === null ? null : parsePrice(event.to),
      }
    case 'TrancheIsolated':
      return isAsked(event, 'isolateTranche') ? { command: 'isolateTranche', tranche: event.tranche } : null
    case 'TrancheReleased':
      return isAsked(event, 'releaseTranche') ? { command: 'releaseTranche', tranche: event.tranche } : null
    case 'TrancheReduced':
      if (isAsked(event, 'takeOver')) return { command: 'takeOver' }
      return isAsked(event, 'disownTranche') ? { command: 'disownTranche', tranche: event.tranche } : null
    case 'TrancheMerged':
      return isAsked(event, 'mergeTranches')
        ? { command: 'mergeTranches', tranches: [event.tranche, ...event.absorbed] }
        : null
    case 'StopMoved': {
      const force = event.because?.observed?.['force'] === true
      return isAsked(event, 'moveStop')
        ? { command: 'moveStop', tranche: event.tranche, price: parsePrice(event.to), force }
        : null
    }
    default:
      return null
  }
}

/** The command behind these events, where they hold all it asked for; `null` = they do not, or there was none. */
export function rebuildCommand(events: readonly BookEvent[], header: InputHeader): CommandInput | null {
  for (const event of events) {
    const command = commandOf(event)
    if (command !== null) return { ...header, type: 'command', actor: actorOf(event), ...command }
  }
  return null
}
