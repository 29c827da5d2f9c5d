import {
  BINANCE_CODES,
  type NotSent,
  type OrderChange,
  type OrderRef,
  type OrderRequest,
  problemOf,
  type Refused,
  type Unknown,
  type WriteResult,
} from '@tranchebook/adapters'
import { InputError, parsePrice, parseQuantity } from '@tranchebook/core'
import { amendOrder } from '../engine/amend-order.js'
import {
  cancelAllConditionals,
  cancelAllOrders,
  cancelConditional,
  cancelOrder,
  findConditional,
} from '../engine/cancel-order.js'
import { waitsForTrigger } from '../engine/order.js'
import { placeConditional } from '../engine/place-conditional.js'
import { placeOrder } from '../engine/place-order.js'
import type { Refusal } from '../engine/refusal.js'
import { setLeverage } from '../engine/settings.js'
import type { WriteFault } from '../faults/faults.js'
import { reportConditional, reportOrder } from './order-report.js'
import { specOf } from './order-spec.js'
import type { SimulatedSession } from './session.js'

const RETRY_MS = 1_000
/** A change that is in force already. */
const NO_CHANGE = -5027
const BAN_MS = 120_000

function refused({ code, message }: Refusal): Refused {
  const { reason, isPermanent } = BINANCE_CODES.get(code) ?? { reason: 'invalid', isPermanent: true }
  return { outcome: 'refused', reason, isPermanent, code: code.toString(), message, retryAfterMs: null }
}

function turnedAway(reason: Refused['reason'], message: string, retryAfterMs: number): Refused {
  return { outcome: 'refused', reason, code: null, message, isPermanent: false, retryAfterMs }
}

function done(clientOrderId: string): WriteResult {
  return { outcome: 'acknowledged', clientOrderId, venueOrderId: null, report: null }
}

function unknown(message: string): Unknown {
  return { outcome: 'unknown', code: null, message }
}

const CLOSED: NotSent = { outcome: 'not-sent', reason: 'closed', message: 'the venue is closed', retryAfterMs: null }

/** A request that is too old when it lands is refused: its timestamp, or its nonce, has expired. Nobody is there to be told. */
function landLate({ clock, faults, acceptWindowMs }: SimulatedSession, run: () => WriteResult): void {
  const landingMs = faults.landingMs?.() ?? faults.delayMs
  if (landingMs < acceptWindowMs) clock.schedule(landingMs, run)
}

/** How a write ends that something went wrong with; `run` is called where it arrives all the same. */
function failedWrite(session: SimulatedSession, fault: WriteFault, run: () => WriteResult): WriteResult {
  switch (fault) {
    case 'acceptedWithoutReply':
      run()
      return unknown('the connection was lost before an answer came')
    case 'acceptedUnknown':
      run()
      return unknown('Unknown error, please check your request or try again later.')
    case 'landsLate':
      landLate(session, run)
      return unknown('the connection was lost before an answer came')
    case 'lostUnknown':
      return unknown('Unknown error, please check your request or try again later.')
    case 'unavailable':
      return turnedAway('overloaded', 'Service Unavailable.', RETRY_MS)
    case 'overloaded':
      return turnedAway('overloaded', 'Request throttled by system-level protection.', RETRY_MS)
    case 'tooManyRequests':
      return turnedAway('rate-limit', 'Too many requests; current limit is 2400 requests per minute.', RETRY_MS)
    case 'banned':
      return turnedAway('rate-limit', 'Way too many requests; IP banned.', BAN_MS)
    default:
      return fault satisfies never
  }
}

/** Carries out a write, unless something goes wrong on the way. Decimals that cannot be read never leave. */
async function write(session: SimulatedSession, run: () => WriteResult): Promise<WriteResult> {
  await Promise.resolve()
  if (session.isClosed) return CLOSED
  const fault = session.faults.forWrite()
  try {
    return fault === null ? run() : failedWrite(session, fault, run)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return { outcome: 'not-sent', reason: 'invalid', message: error.message, retryAfterMs: null }
  }
}

function place({ exchange, account }: SimulatedSession, request: OrderRequest): WriteResult {
  const spec = specOf(request)
  const { clientOrderId } = request.terms
  if (waitsForTrigger(spec.type)) {
    const placement = placeConditional(exchange, account.id, spec)
    if (placement.type === 'refused') return refused(placement)
    const report = reportConditional(account, placement.order)
    return { outcome: 'acknowledged', clientOrderId, venueOrderId: placement.order.id, report }
  }
  const placement = placeOrder(exchange, account.id, spec)
  if (placement.type === 'refused') return refused(placement)
  const report = reportOrder(account, placement.order)
  return { outcome: 'acknowledged', clientOrderId, venueOrderId: placement.order.id, report }
}

/** Places an order of any kind; one that no venue could take never leaves. */
export function submit(session: SimulatedSession, request: OrderRequest): Promise<WriteResult> {
  const problem = problemOf(request)
  if (problem === null) return write(session, () => place(session, request))
  return Promise.resolve({ outcome: 'not-sent', reason: 'invalid', message: problem, retryAfterMs: null })
}

/** An order of ours that waits, or what it became. */
function cancelOne({ exchange, account }: SimulatedSession, ref: OrderRef): WriteResult {
  const { clientOrderId, symbol } = ref
  const name = { clientOrderId }
  const waiting = waitsForTrigger(ref.orderType) ? findConditional(account, name) : null
  const childId = waiting?.childId ?? null
  const answer =
    waiting !== null && childId === null
      ? cancelConditional(exchange, account.id, name)
      : cancelOrder(exchange, account.id, { symbol, name: childId === null ? name : { id: childId } })
  if (answer.type === 'refused') return refused(answer)
  const report =
    'parentId' in answer.order ? reportOrder(account, answer.order) : reportConditional(account, answer.order)
  return { outcome: 'acknowledged', clientOrderId, venueOrderId: report.orderId, report }
}

/** Cancels an order in whichever id space it lives. */
export function cancel(session: SimulatedSession, ref: OrderRef): Promise<WriteResult> {
  return write(session, () => cancelOne(session, ref))
}

/** Cancels everything on a symbol. */
export function cancelAll(session: SimulatedSession, symbol: string): Promise<WriteResult> {
  return write(session, () => {
    cancelAllOrders(session.exchange, session.account.id, symbol)
    cancelAllConditionals(session.exchange, session.account.id, symbol)
    return done(symbol)
  })
}

/** Changes a resting LIMIT order. */
export function modify(session: SimulatedSession, { order, price, quantity }: OrderChange): Promise<WriteResult> {
  return write(session, () => {
    const { symbol, clientOrderId } = order
    const terms = { symbol, name: { clientOrderId }, price: parsePrice(price), quantity: parseQuantity(quantity) }
    const answer = amendOrder(session.exchange, session.account.id, terms)
    if (answer.type === 'refused' && answer.code === NO_CHANGE) return done(clientOrderId)
    if (answer.type === 'refused') return refused(answer)
    const report = reportOrder(session.account, answer.order)
    return { outcome: 'acknowledged', clientOrderId, venueOrderId: answer.order.id, report }
  })
}

/** Sets a symbol's leverage. */
export function changeLeverage(session: SimulatedSession, symbol: string, leverage: number): Promise<WriteResult> {
  return write(session, () => {
    const answer = setLeverage(session.exchange, session.account.id, { symbol, leverage })
    if (answer.type === 'refused') return refused(answer)
    return done(symbol)
  })
}
