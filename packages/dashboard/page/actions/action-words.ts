import type { Action } from '../../src/api/index.js'

/** What an action is called, with what it concerns. */
export function actionTitle(action: Action): string {
  const where = action.symbol ?? 'all books'
  switch (action.command) {
    case 'openTranche':
      return `Open a ${action.side} tranche of ${action.quantity} in ${where}`
    case 'addToTranche':
      return `Add ${action.quantity} to ${action.tranche} of ${where}`
    case 'closeTranche':
      return `Close ${action.quantity ?? 'all'} of ${action.tranche} in ${where}`
    case 'closeGroup':
      return `Close all ${action.side} tranches of ${where}`
    case 'flatten':
      return `Close everything in ${where}`
    case 'mergeTranches':
      return `Merge ${action.tranches.join(' and ')} of ${where}`
    case 'labelTranche':
      return `Label ${action.tranche} of ${where}`
    case 'annotateTranche':
      return `Note on ${action.tranche} of ${where}`
    case 'isolateTranche':
      return `Isolate ${action.tranche} of ${where}`
    case 'releaseTranche':
      return `Release ${action.tranche} of ${where}`
    case 'disownTranche':
      return `Disown ${action.tranche} of ${where}`
    case 'moveStop':
      return `Move the stop of ${action.tranche} of ${where} to ${action.price}`
    case 'moveTakeProfit':
      return `Move the take profit of ${action.tranche} of ${where} to ${action.price ?? 'none'}`
    case 'resolveConflict':
      return `Resolve the conflict of ${where}`
    case 'takeOver':
      return `Take over what the venue holds in ${where}`
    case 'protect':
      return `Protect what is missing in ${where}`
    case 'adopt':
      return `Adopt what the venue holds beyond ${where}`
    case 'reconcile':
      return `Compare ${where} with the venue`
    case 'rollBack':
      return `Give up what was adopted in ${where}`
    case 'configure':
      return `Save settings of ${where}`
    case 'pause':
      return `Pause ${where}`
    case 'gracefulStop':
      return `Graceful stop of ${where}`
    case 'killSwitch':
      return `Kill switch for ${where}`
    case 'resume':
      return `Resume ${where}`
  }
}

const GRAVE: readonly Action['command'][] = [
  'killSwitch',
  'flatten',
  'closeGroup',
  'takeOver',
  'rollBack',
  'disownTranche',
]

/** Whether an action must be held to be confirmed: it closes whole positions, or leaves them without a stop. */
export function isGrave({ command }: Action): boolean {
  return GRAVE.includes(command)
}
