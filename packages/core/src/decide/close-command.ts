import type { Side, Tranche } from '../book/tranche.js'
import { type Instrument, roundPrice, roundQuantity } from '../instrument/instrument.js'
import { larger } from '../money/arithmetic.js'
import { formatPrice, type Price } from '../money/price.js'
import { formatQuantity, NO_QUANTITY, type Quantity } from '../money/quantity.js'
import type { CommandInput } from '../observe/inputs.js'
import type { Decision } from './decision.js'
import { exitable, intendExit, maySendExits } from './intend-exit.js'
import { type CommandRefusal, refuseCommand } from './refuse-command.js'
import { withdrawLimitExits, withdrawTakeProfits } from './withdraw.js'

/** An exit that a command asks for. */
interface AskedExit {
  readonly input: CommandInput
  /** Base; `null` = all that is open, down to the step. */
  readonly quantity: Quantity | null
  /** Limit price; `null` = market. */
  readonly price: Price | null
}

function offTick(price: Price, instrument: Instrument): CommandRefusal | null {
  if (roundPrice(instrument, price, 'down') === price) return null
  const tick = formatPrice(instrument.tickSize)
  return { code: 'priceOffTick', message: `${formatPrice(price)} is not a multiple of the tick ${tick}` }
}

/** What is open is always a quantity to close, on the step or not. */
function unfit(tranche: Tranche, quantity: Quantity, instrument: Instrument): CommandRefusal | null {
  if (quantity === tranche.quantity) return null
  const asked = formatQuantity(quantity)
  const open = `${tranche.id} has ${formatQuantity(tranche.quantity)} open`
  const all = 'leave the quantity out to close all of it'
  if (quantity > tranche.quantity)
    return { code: 'quantityAboveOpen', message: `${asked} is more than there is: ${open}; ${all}` }
  const stepped = roundQuantity(instrument, quantity)
  if (stepped === quantity) return null
  const step = formatQuantity(instrument.stepSize)
  const fitting = formatQuantity(larger(stepped, instrument.stepSize))
  return {
    code: 'quantityOffStep',
    message: `${asked} is not a multiple of the step ${step}: send ${fitting}, or ${all}; ${open}`,
  }
}

/** The kill switch tries whatever the venue has refused before. */
function maySend(decision: Decision, { command }: CommandInput): boolean {
  return command === 'killSwitch' ? decision.context.sending !== 'observe' : maySendExits(decision)
}

function refusalOf(decision: Decision, tranche: Tranche, exit: AskedExit): CommandRefusal | null {
  const { input, quantity, price } = exit
  const { instrument, sending } = decision.context
  if (!maySend(decision, input))
    return {
      code: 'notSending',
      message: `exits are not sent now: mode ${sending}, or the exit circuit is open (resume closes it)`,
    }
  return (
    (quantity === null ? null : unfit(tranche, quantity, instrument)) ??
    (price === null ? null : offTick(price, instrument))
  )
}

/**
 * Intends an exit of a tranche, as it was asked for or not at all. All of it at market does not wait for limit exits that rest: those
 * are cancelled, and what they hold can be closed once they are gone.
 */
export function closeTranche(decision: Decision, tranche: Tranche, exit: AskedExit): void {
  const { input, price } = exit
  const refusal = refusalOf(decision, tranche, exit)
  if (refusal !== null) return refuseCommand(decision, input.command, refusal)
  const because = { rule: `command.${input.command}`, observed: { actor: input.actor } }
  const isWhole = exit.quantity === null && price === null
  const isWithdrawing = isWhole && withdrawLimitExits(decision, tranche, input.command)
  const quantity = exit.quantity ?? tranche.quantity
  if (price !== null && exitable(decision, tranche) > 0n) withdrawTakeProfits(decision, tranche, input.command)
  const intended = intendExit(decision, tranche, { quantity, price, reason: 'command', level: null, because })
  if (intended === NO_QUANTITY && !isWithdrawing)
    refuseCommand(decision, input.command, {
      code: 'nothingToClose',
      message: `${tranche.id} has nothing left that can be closed: all of it is on its way out, less than one step of it is open, or what the other side nets out is below the venue's minimum`,
    })
}

/** Intends exits of every tranche of these sides, at market. */
export function closeAll(decision: Decision, input: CommandInput, sides: readonly Side[]): void {
  for (const side of sides)
    for (const tranche of decision.book.groups[side].tranches)
      closeTranche(decision, tranche, { input, quantity: null, price: null })
}
