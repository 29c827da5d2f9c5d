import { explainEvent } from '@tranchebook/core'
import type { CommandAnswer } from '@tranchebook/manager'
import type { ActionAnswer, ActionResult } from '../api/action.js'
import type { ReadContext } from '../read/read-context.js'
import { RequestError } from '../request-error.js'
import { precisionOf } from '../view/looking.js'
import type { LiveAccount } from '../source/dashboard-source.js'
import { failureIn } from './failure-in.js'
import { liveAccountOf, symbolsOf } from './action-targets.js'
import type { Confirmations } from './confirmations.js'
import { type ParsedAction, type ParsedCommand, parseActor } from './parse-action.js'
import { performRepair } from './perform-repair.js'

/** An action that was confirmed. */
export interface ConfirmedAction {
  readonly action: ParsedAction
  readonly actor: unknown
  readonly confirmation: unknown
}

interface AskedCommand {
  readonly action: ParsedCommand
  readonly actor: string
}

function assertConfirmed({ action, confirmation }: ConfirmedAction, confirmations: Confirmations): void {
  const wrong =
    typeof confirmation === 'string' ? confirmations.take(confirmation, action) : 'there is none with the action'
  if (wrong === null) return
  throw new RequestError('dashboard.not-confirmed', `expected the confirmation of this action's preview: ${wrong}`, {
    status: 409,
    advice: 'ask for the preview again, look at it, and confirm within a minute',
  })
}

function resultOf(context: ReadContext, symbol: string, answer: CommandAnswer): ActionResult {
  const account = context.source.live?.account ?? ''
  const { instrument } = context.source.circumstancesOf({ account, symbol })
  const { accepted, events } = answer
  return {
    symbol,
    accepted,
    code: accepted ? null : answer.code,
    message: accepted ? null : answer.message,
    orders: accepted ? answer.orders : [],
    events,
    sentences: events.map((event) => explainEvent(event, precisionOf(instrument))),
  }
}

async function performCommand(context: ReadContext, live: LiveAccount, asked: AskedCommand): Promise<ActionAnswer> {
  const { action, actor } = asked
  const results = await Promise.all(
    symbolsOf(live, action).map(async (symbol) =>
      live.command(symbol, { ...action.fields, actor }).then(
        (answer) => resultOf(context, symbol, answer),
        (error: unknown) => failureIn(symbol, error),
      ),
    ),
  )
  return { accepted: results.every(({ accepted }) => accepted), results, repair: null }
}

/**
 * Does what was previewed and confirmed, once, in every book it concerns. What it decided is recorded when this settles.
 *
 * @throws {RequestError} `dashboard.not-confirmed`, `dashboard.read-only`, `dashboard.unknown-book`
 */
export async function performAction(
  context: ReadContext,
  confirmed: ConfirmedAction,
  confirmations: Confirmations,
): Promise<ActionAnswer> {
  const { action } = confirmed
  const live = liveAccountOf(context, action)
  const actor = parseActor(confirmed.actor)
  assertConfirmed(confirmed, confirmations)
  if (action.type === 'repair') return performRepair(context.source, live, { action, actor })
  return performCommand(context, live, { action, actor })
}
