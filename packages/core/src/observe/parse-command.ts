import { isLabel, LONGEST_LABEL } from '../book/name.js'
import { REPAIR_KINDS } from '../book/rule-events.js'
import type { Side } from '../book/tranche.js'
import type { Command } from './inputs.js'
import {
  malformed,
  optionalFlag,
  optionalPrice,
  optionalText,
  priceOf,
  quantityOf,
  type RawInput,
  textOf,
  wordOf,
} from './input-fields.js'

const FOR_MARKET = 'for a market order'

const SIDES = ['LONG', 'SHORT'] as const satisfies readonly Side[]

/** Every command by name. */
export const COMMANDS = [
  'openTranche',
  'addToTranche',
  'closeTranche',
  'closeGroup',
  'flatten',
  'mergeTranches',
  'labelTranche',
  'annotateTranche',
  'isolateTranche',
  'releaseTranche',
  'disownTranche',
  'moveStop',
  'moveTakeProfit',
  'pause',
  'gracefulStop',
  'killSwitch',
  'resume',
  'repair',
  'resolveConflict',
  'takeOver',
  'configure',
] as const satisfies readonly Command['command'][]

function namesOf(raw: RawInput): readonly string[] {
  const names: unknown = raw['tranches']
  if (!Array.isArray(names)) return malformed('tranches', 'a list of tranche ids or labels', names)
  return names.map((name: unknown) =>
    typeof name === 'string'
      ? textOf({ tranches: name }, 'tranches')
      : malformed('tranches', 'a list of tranche ids or labels', names),
  )
}

function optionsOf(raw: RawInput): RawInput {
  const options = raw['options']
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    return malformed('options', 'an object of options', options)
  return { ...options }
}

function strengthOf(raw: RawInput): number | null {
  const value = raw['signalStrength']
  if (value == null) return null
  return typeof value === 'number' && value >= 0 && value <= 1
    ? value
    : malformed('signalStrength', 'a number from 0 to 1', value)
}

function labelOf(raw: RawInput): string | null {
  const label = optionalText(raw, 'label')
  return label === null || isLabel(label)
    ? label
    : malformed('label', `at most ${LONGEST_LABEL} characters, and not only blanks`, label)
}

/** Reads what a command asks for. @throws {InputError} `input.malformed` */
export function parseCommand(raw: RawInput): Command {
  const command = wordOf(raw, 'command', COMMANDS)
  switch (command) {
    case 'openTranche':
      return {
        command,
        side: wordOf(raw, 'side', SIDES),
        quantity: quantityOf(raw, 'quantity'),
        price: optionalPrice(raw, 'price', FOR_MARKET),
        label: labelOf(raw),
        signalStrength: strengthOf(raw),
      }
    case 'addToTranche':
      return {
        command,
        tranche: textOf(raw, 'tranche'),
        quantity: quantityOf(raw, 'quantity'),
        price: optionalPrice(raw, 'price', FOR_MARKET),
      }
    case 'closeTranche': {
      const quantity = raw['quantity'] == null ? null : quantityOf(raw, 'quantity')
      return { command, tranche: textOf(raw, 'tranche'), quantity, price: optionalPrice(raw, 'price', FOR_MARKET) }
    }
    case 'closeGroup':
      return { command, side: wordOf(raw, 'side', SIDES) }
    case 'mergeTranches':
      return { command, tranches: namesOf(raw) }
    case 'labelTranche':
      return { command, tranche: textOf(raw, 'tranche'), label: labelOf(raw) }
    case 'annotateTranche':
      return { command, tranche: textOf(raw, 'tranche'), note: textOf(raw, 'note') }
    case 'isolateTranche':
    case 'releaseTranche':
    case 'disownTranche':
      return { command, tranche: textOf(raw, 'tranche') }
    case 'moveStop':
      return {
        command,
        tranche: textOf(raw, 'tranche'),
        price: priceOf(raw, 'price'),
        force: optionalFlag(raw, 'force') ?? false,
      }
    case 'moveTakeProfit':
      return { command, tranche: textOf(raw, 'tranche'), price: optionalPrice(raw, 'price', 'for no target') }
    case 'resolveConflict':
      return { command, note: optionalText(raw, 'note') }
    case 'repair':
      return { command, kind: wordOf(raw, 'kind', REPAIR_KINDS) }
    case 'configure':
      return { command, options: optionsOf(raw) }
    case 'flatten':
    case 'pause':
    case 'gracefulStop':
    case 'killSwitch':
    case 'resume':
    case 'takeOver':
      return { command }
  }
}
