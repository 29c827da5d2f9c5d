import { parseLossless } from '@tranchebook/adapters'
import { advanceTo } from '../engine/funding.js'
import type { WriteFault } from '../faults/faults.js'
import { landLate } from './land-late.js'
import type { Endpoint, ServerContext } from './context.js'
import { account, balance, positionRisk } from './endpoints/account.js'
import { cancelAlgoOrder, newAlgoOrder } from './endpoints/algo-orders.js'
import { cancelOneOrder, getOrder, modifyOrder, newOrder } from './endpoints/orders.js'
import { closeListenKey, createListenKey, extendListenKey } from './endpoints/settings.js'
import { paramsOf } from './params.js'
import { RequestRefusal } from './request-refusal.js'
import { answerLogon, checkFrame, type FrameParams, type SocketSession } from './socket-logon.js'
import { type Json, jsonText } from './wire/json-text.js'

interface Method {
  readonly run: Endpoint
  readonly isWrite: boolean
  readonly orders: number
  readonly security: 'key' | 'signed'
}

const write = (run: Endpoint, orders: number): Method => ({ run, isWrite: true, orders, security: 'signed' })
const ask = (run: Endpoint): Method => ({ run, isWrite: false, orders: 0, security: 'signed' })
const keyed = (run: Endpoint): Method => ({ run, isWrite: false, orders: 0, security: 'key' })

const METHODS: Readonly<Record<string, Method>> = {
  'order.place': write(newOrder, 1),
  'order.modify': write(modifyOrder, 1),
  'order.cancel': write(cancelOneOrder, 0),
  'order.status': ask(getOrder),
  'algoOrder.place': write(newAlgoOrder, 1),
  'algoOrder.cancel': write(cancelAlgoOrder, 0),
  'v2/account.balance': ask(balance),
  'account.balance': ask(balance),
  'v2/account.position': ask(positionRisk),
  'account.position': ask(positionRisk),
  'v2/account.status': ask(account),
  'userDataStream.start': keyed(createListenKey),
  'userDataStream.ping': keyed(extendListenKey),
  'userDataStream.stop': keyed(closeListenKey),
}

interface Frame {
  readonly id: string | number | null
  readonly method: string
  readonly params: FrameParams
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parseFrame(text: string): Frame | null {
  try {
    const value = parseLossless(text)
    if (!isObject(value) || typeof value['method'] !== 'string') return null
    const { id, method, params } = value
    const known = typeof id === 'string' || typeof id === 'number' ? id : null
    return { id: known, method, params: isObject(params) ? params : {} }
  } catch {
    return null
  }
}

function limitsOf({ meter }: ServerContext): Json {
  const { tenSeconds, minute } = meter.orderCounts()
  return [
    { rateLimitType: 'ORDERS', interval: 'SECOND', intervalNum: 10, limit: 300, count: tenSeconds },
    { rateLimitType: 'ORDERS', interval: 'MINUTE', intervalNum: 1, limit: 1200, count: minute },
  ]
}

/** Codes of writes that something goes wrong with. `null` = the connection breaks. */
const FAILURES: Readonly<Record<WriteFault, RequestRefusal | null>> = {
  acceptedWithoutReply: null,
  acceptedUnknown: new RequestRefusal(
    -1007,
    'Timeout waiting for response from backend server. Execution status unknown.',
    408,
  ),
  landsLate: new RequestRefusal(
    -1007,
    'Timeout waiting for response from backend server. Execution status unknown.',
    408,
  ),
  lostUnknown: new RequestRefusal(
    -1007,
    'Timeout waiting for response from backend server. Execution status unknown.',
    408,
  ),
  unavailable: new RequestRefusal(-1016, 'Service Unavailable.', 503),
  overloaded: new RequestRefusal(-1008, 'Request throttled by system-level protection.', 503),
  tooManyRequests: new RequestRefusal(-1003, 'Too many requests.', 429),
  banned: new RequestRefusal(-1003, 'Way too many requests; IP banned.', 418),
}

function carryOut(context: ServerContext, session: SocketSession, frame: Frame): Json | null {
  const logon = answerLogon(context, session, frame)
  if (logon !== undefined) return logon
  const method = METHODS[frame.method]
  if (method === undefined) throw new RequestRefusal(-1104, `Unknown method ${frame.method}.`)
  checkFrame(context, { session, frame: frame.params }, method)
  context.meter.countOrders(method.orders, context.exchange.time)
  const run = (): Json => method.run({ context, params: paramsOf(frame.params) })
  const fault = method.isWrite ? context.faults.forWrite() : null
  if (fault === null) return run()
  if (fault === 'acceptedWithoutReply' || fault === 'acceptedUnknown') run()
  if (fault === 'landsLate') landLate(context, run, null)
  const failure = FAILURES[fault]
  if (failure === null) return null
  throw failure
}

/** Answers one frame of order entry over a socket; `null` = the connection breaks instead. */
export function answerFrame(context: ServerContext, session: SocketSession, text: string): string | null {
  advanceTo(context.exchange, context.clock.now())
  const frame = parseFrame(text)
  if (frame === null) return jsonText({ id: null, status: 400, error: { code: -1102, msg: 'Malformed frame.' } })
  const { id } = frame
  context.onRequest(frame.method)
  try {
    const result = carryOut(context, session, frame)
    return result === null ? null : jsonText({ id, status: 200, result, rateLimits: limitsOf(context) })
  } catch (error) {
    if (!(error instanceof RequestRefusal)) throw error
    return jsonText({ id, status: error.status, error: error.body, rateLimits: limitsOf(context) })
  }
}
