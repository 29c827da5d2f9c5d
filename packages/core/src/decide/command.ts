import { namedBy, openTranchesOf } from '../book/name.js'
import type { Tranche } from '../book/tranche.js'
import { changeConfig } from '../config/change-config.js'
import { ConfigError } from '../errors.js'
import { roundPrice } from '../instrument/instrument.js'
import { formatPrice } from '../money/price.js'
import type { CommandInput } from '../observe/inputs.js'
import { improvesStop } from '../policy/stop-ladder.js'
import { stopRounding, takeProfitRounding } from '../policy/targets.js'
import { closeAll, closeTranche } from './close-command.js'
import { type Decision, record } from './decision.js'
import { disownTranche } from './disown.js'
import { enter } from './enter.js'
import { isolate } from './judge-isolation.js'
import { labelRefusal } from './label-refusal.js'
import { mergeTranches } from './merge-tranches.js'
import { moveStop } from './move-stop.js'
import { refuseCommand } from './refuse-command.js'
import { takeOver } from './take-over.js'
import { withdrawEntries } from './withdraw.js'

type CommandOf<Name extends CommandInput['command']> = Extract<CommandInput, { readonly command: Name }>

function openTrancheNames(decision: Decision): string {
  const names = openTranchesOf(decision.book).map(({ id, label }) =>
    label === null || label === id ? id : `${id} (${label})`,
  )
  return names.length === 0 ? 'none is open' : `open are ${names.join(', ')}`
}

/** The open tranche a command names, or a recorded refusal. */
function find(decision: Decision, command: string, name: string): Tranche | null {
  const found = namedBy(name, openTranchesOf(decision.book))
  const [first = null, ...others] = found
  if (others.length === 0 && first !== null) return first
  const ids = found.map(({ id }) => id).join(', ')
  refuseCommand(
    decision,
    command,
    first === null
      ? { code: 'trancheNotOpen', message: `no open tranche is called ${name}: ${openTrancheNames(decision)}` }
      : { code: 'trancheAmbiguous', message: `${ids} are all called ${name}: name one by its id` },
  )
  return null
}

function merge(decision: Decision, input: CommandOf<'mergeTranches'>): void {
  const found: Tranche[] = []
  for (const name of new Set(input.tranches)) {
    const tranche = find(decision, input.command, name)
    if (tranche === null) return
    if (!found.includes(tranche)) found.push(tranche)
  }
  if (found.length < 2)
    return refuseCommand(decision, input.command, {
      code: 'tooFewTranches',
      message: 'merging needs at least two different open tranches',
    })
  if (new Set(found.map((tranche) => tranche.side)).size > 1)
    return refuseCommand(decision, input.command, {
      code: 'differentSides',
      message: 'only tranches of one side can be merged',
    })
  mergeTranches(decision, found, { rule: 'command.mergeTranches', observed: { actor: input.actor } })
}

function moveStopTo(decision: Decision, tranche: Tranche, input: CommandOf<'moveStop'>): void {
  const to = roundPrice(decision.context.instrument, input.price, stopRounding(tranche.side))
  if (tranche.stopPrice === to) return
  const isFavourable = improvesStop(tranche, to)
  if (!isFavourable && !input.force)
    return refuseCommand(decision, input.command, {
      code: 'stopWouldMoveBack',
      message: `the stop of ${tranche.id} stands at ${tranche.stopPrice === null ? 'nothing' : formatPrice(tranche.stopPrice)} and only moves in its favour; use force to move it back`,
    })
  const because = { rule: 'command.moveStop', observed: { actor: input.actor, force: input.force } }
  moveStop(decision, tranche, { to, rung: 'command', forced: !isFavourable, trailingBest: null, because })
}

function moveTakeProfitTo(decision: Decision, tranche: Tranche, input: CommandOf<'moveTakeProfit'>): void {
  if (tranche.levels.length > 0)
    return refuseCommand(decision, input.command, {
      code: 'scaledTakeProfit',
      message: `${tranche.id} has scaled take-profit levels; there is no single target to move`,
    })
  const to =
    input.price === null ? null : roundPrice(decision.context.instrument, input.price, takeProfitRounding(tranche.side))
  const from = tranche.takeProfitPrice === null ? null : formatPrice(tranche.takeProfitPrice)
  record(
    decision,
    {
      type: 'TakeProfitMoved',
      tranche: tranche.id,
      side: tranche.side,
      from,
      to: to === null ? null : formatPrice(to),
    },
    { because: { rule: 'command.moveTakeProfit', observed: { actor: input.actor } } },
  )
}

/** Options are recorded only if they hold: a log must never carry a configuration that cannot be used. */
function configure(decision: Decision, input: CommandOf<'configure'>): void {
  const { config, closingRules } = decision.context
  try {
    changeConfig(config, input.options, { closingRules: [...closingRules.keys()] })
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return refuseCommand(decision, input.command, { code: 'invalidConfiguration', message: error.message })
  }
  const because = { rule: 'command.configure', observed: { actor: input.actor } }
  record(decision, { type: 'ConfigurationChanged', options: input.options }, { because })
}

type TrancheCommand = Extract<CommandInput, { readonly tranche: string }>

function decideForTranche(decision: Decision, tranche: Tranche, input: TrancheCommand): void {
  const { id, side } = tranche
  const because = { rule: `command.${input.command}`, observed: { actor: input.actor } }
  switch (input.command) {
    case 'addToTranche':
      return enter(decision, {
        side,
        quantity: input.quantity,
        price: input.price,
        signalStrength: null,
        tranche: id,
        time: input.time,
        label: null,
        reason: 'command',
      })
    case 'closeTranche':
      return closeTranche(decision, tranche, { input, quantity: input.quantity, price: input.price })
    case 'labelTranche': {
      const unnamable = labelRefusal(decision.book, input.label, tranche)
      if (unnamable !== null) return refuseCommand(decision, input.command, unnamable)
      return record(decision, { type: 'TrancheLabelled', tranche: id, side, label: input.label }, { because })
    }
    case 'annotateTranche':
      return record(decision, { type: 'TrancheAnnotated', tranche: id, side, note: input.note }, { because })
    case 'isolateTranche':
      if (tranche.isolated)
        return refuseCommand(decision, input.command, { code: 'isolatedAlready', message: `${id} is isolated already` })
      return isolate(decision, tranche, { mark: decision.context.market?.price ?? null, because })
    case 'releaseTranche':
      if (!tranche.isolated)
        return refuseCommand(decision, input.command, { code: 'notIsolated', message: `${id} is not isolated` })
      return record(
        decision,
        { type: 'TrancheReleased', tranche: id, side, price: null, pnlPercent: null },
        { because },
      )
    case 'disownTranche':
      return disownTranche(decision, tranche, because)
    case 'moveStop':
      return moveStopTo(decision, tranche, input)
    case 'moveTakeProfit':
      return moveTakeProfitTo(decision, tranche, input)
  }
}

/** Carries out what a person or bot asked for, or records why not. */
export function decideCommand(decision: Decision, input: CommandInput): void {
  if ('tranche' in input) {
    const tranche = find(decision, input.command, input.tranche)
    return tranche === null ? undefined : decideForTranche(decision, tranche, input)
  }
  const { actor } = input
  const because = { rule: `command.${input.command}`, observed: { actor } }
  switch (input.command) {
    case 'openTranche': {
      const { side, quantity, price, signalStrength, time, label } = input
      return enter(decision, {
        side,
        quantity,
        price,
        signalStrength,
        tranche: null,
        time,
        label,
        reason: actor ?? 'command',
      })
    }
    case 'closeGroup':
      return closeAll(decision, input, [input.side])
    case 'flatten':
      withdrawEntries(decision, 'flatten')
      return closeAll(decision, input, ['LONG', 'SHORT'])
    case 'mergeTranches':
      return merge(decision, input)
    case 'pause':
    case 'gracefulStop':
    case 'killSwitch':
      record(decision, { type: 'TradingPaused', kind: input.command, actor }, { because })
      withdrawEntries(decision, input.command)
      return input.command === 'killSwitch' ? closeAll(decision, input, ['LONG', 'SHORT']) : undefined
    case 'repair':
      return record(decision, { type: 'RepairRequested', kind: input.kind, actor }, { because })
    case 'resume':
      return record(decision, { type: 'TradingResumed', actor }, { because })
    case 'resolveConflict':
      if (decision.book.conflict === null)
        return refuseCommand(decision, input.command, {
          code: 'noConflict',
          message: 'there is no conflict to resolve',
        })
      return record(decision, { type: 'ConflictResolved', note: input.note }, { because })
    case 'takeOver': {
      const refusal = takeOver(decision, input)
      return refusal === null ? undefined : refuseCommand(decision, input.command, refusal)
    }
    case 'configure':
      return configure(decision, input)
  }
}
