import { type Command, Option } from 'commander'
import type { BookAction } from '@tranchebook/dashboard'
import type { ActRequest, EntryRequest } from '../control/action-request.js'
import { parsePriceText, parseQuantityText } from '../read/parse-decimal.js'
import type { Stage } from '../stage.js'
import { defineAsked } from './define-asked.js'
import type { TrancheAction } from './run-tranche-action.js'

type Options = Readonly<Record<string, unknown>>

function defineAction(tranche: Command, name: string, description: string): Command {
  return defineAsked(tranche, name, description)
    .option('--symbol <symbol>', 'where several have such a tranche')
    .option('--account <account>', 'where several have such a tranche')
}

async function run(stage: Stage, options: Options, actionFor: (request: ActRequest) => TrancheAction): Promise<void> {
  const { runTrancheAction } = await import('./run-tranche-action.js')
  const { parseActOptions } = await import('../control/action-request.js')
  const request = parseActOptions(options)
  stage.outcome.exitCode = await runTrancheAction(actionFor(request), { request, terminal: stage.terminal })
}

type TrancheCommand = Extract<BookAction, { readonly tranche: string }>
type Unaddressed<Action> = Action extends TrancheCommand ? Omit<Action, 'tranche'> : never

/** The usual case: one tranche, by its label or id. */
async function runOn(
  stage: Stage,
  { name, options }: { readonly name: string; readonly options: Options },
  asked: (request: ActRequest) => Unaddressed<TrancheCommand>,
): Promise<void> {
  return run(stage, options, (request) => ({
    tranches: [name],
    actionOn: ({ account, symbol, ids: [id] }) => ({ ...asked(request), account, symbol, tranche: id }),
  }))
}

function defineOpen(tranche: Command, stage: Stage): void {
  defineAsked(tranche, 'open', 'send an entry of a new tranche')
    .argument('<symbol>', 'such as BTCUSDT')
    .addOption(new Option('--side <side>', 'which way').choices(['LONG', 'SHORT']).makeOptionMandatory())
    .requiredOption('--quantity <base>', 'how much', parseQuantityText)
    .option('--price <price>', 'limit price; at market without it', parsePriceText)
    .option('--label <label>', 'what to call it')
    .action(async (symbol: string, request: EntryRequest) => {
      const { runTrancheOpen } = await import('./run-tranche-open.js')
      stage.outcome.exitCode = await runTrancheOpen(symbol, request, stage.terminal)
    })
}

function defineClose(tranche: Command, stage: Stage): void {
  defineAction(tranche, 'close', 'send an exit for a tranche, all of it or a part')
    .argument('<tranche>', 'label or id, such as T12')
    .option('--quantity <base>', 'only so much of it', parseQuantityText)
    .option('--price <price>', 'limit price; at market without it', parsePriceText)
    .action(async (name: string, options: Options) =>
      runOn(stage, { name, options }, ({ quantity = null, price = null }) => ({
        command: 'closeTranche',
        quantity,
        price,
      })),
    )
}

function defineAdd(tranche: Command, stage: Stage): void {
  defineAction(tranche, 'add', 'send an entry that feeds an open tranche')
    .argument('<tranche>', 'label or id, such as T12')
    .requiredOption('--quantity <base>', 'how much', parseQuantityText)
    .option('--price <price>', 'limit price; at market without it', parsePriceText)
    .action(async (name: string, options: Options) =>
      runOn(stage, { name, options }, ({ quantity = '', price = null }) => ({
        command: 'addToTranche',
        quantity,
        price,
      })),
    )
}

function defineMerge(tranche: Command, stage: Stage): void {
  defineAction(tranche, 'merge', 'make one tranche of several; it cannot be undone')
    .argument('<tranches...>', 'labels or ids of one symbol and side')
    .action(async (names: readonly string[], options: Options) =>
      run(stage, options, () => ({
        tranches: names,
        actionOn: ({ account, symbol, ids }) => ({ command: 'mergeTranches', account, symbol, tranches: ids }),
      })),
    )
}

function defineLabel(tranche: Command, stage: Stage): void {
  defineAction(tranche, 'label', 'call a tranche something; without a label its own is taken away')
    .argument('<tranche>', 'label or id, such as T12')
    .argument('[label]', 'what to call it')
    .action(async (name: string, label: string | undefined, options: Options) =>
      runOn(stage, { name, options }, () => ({ command: 'labelTranche', label: label ?? null })),
    )
}

function defineNote(tranche: Command, stage: Stage): void {
  defineAction(tranche, 'note', 'write a note on a tranche, for the record')
    .argument('<tranche>', 'label or id, such as T12')
    .argument('<note>', 'what to write')
    .action(async (name: string, note: string, options: Options) =>
      runOn(stage, { name, options }, () => ({ command: 'annotateTranche', note })),
    )
}

function defineMoveStop(tranche: Command, stage: Stage): void {
  defineAction(tranche, 'move-stop', 'move the stop of a tranche; it only moves in its favour')
    .argument('<tranche>', 'label or id, such as T12')
    .argument('<price>', 'where the stop shall be', parsePriceText)
    .option('--force', 'even against its favour')
    .action(async (name: string, price: string, options: Options) =>
      runOn(stage, { name, options }, () => ({ command: 'moveStop', price, force: options['force'] === true })),
    )
}

function defineMoveTarget(tranche: Command, stage: Stage): void {
  defineAction(tranche, 'move-target', 'move the take profit of a tranche; without a price it has none any more')
    .argument('<tranche>', 'label or id, such as T12')
    .argument('[price]', 'where the take profit shall be', parsePriceText)
    .action(async (name: string, price: string | undefined, options: Options) =>
      runOn(stage, { name, options }, () => ({ command: 'moveTakeProfit', price: price ?? null })),
    )
}

/** Actions that need no more than the name of a tranche. */
const NAMED = [
  {
    name: 'isolate',
    says: 'isolate a tranche by hand: it frees its slot and stays in every total',
    command: 'isolateTranche',
  },
  { name: 'release', says: 'count an isolated tranche as active again', command: 'releaseTranche' },
  {
    name: 'disown',
    says: 'give a tranche up without an order: what the venue holds of it is not ours any more',
    command: 'disownTranche',
  },
] as const

function defineNamed(tranche: Command, stage: Stage): void {
  for (const { name, says, command } of NAMED)
    defineAction(tranche, name, says)
      .argument('<tranche>', 'label or id, such as T12')
      .action(async (named: string, options: Options) => runOn(stage, { name: named, options }, () => ({ command })))
}

const DEFINITIONS = [
  defineOpen,
  defineClose,
  defineMerge,
  defineLabel,
  defineNote,
  defineAdd,
  defineMoveStop,
  defineMoveTarget,
  defineNamed,
] as const

/** The commands of `tranchebook tranche` that change something. */
export function defineTrancheActions(tranche: Command, stage: Stage): void {
  for (const define of DEFINITIONS) define(tranche, stage)
}
