import { advanceTo } from '../engine/funding.js'
import type { ReadFault, WriteFault } from '../faults/faults.js'
import { checkAgent } from './check-agent.js'
import { checkKey, checkPermission, checkSignature } from './check-signature.js'
import { landLate } from './land-late.js'
import type { Route, ServerContext } from './context.js'
import { parseParams, type Params } from './params.js'
import { RequestRefusal } from './request-refusal.js'
import { jsonText } from './wire/json-text.js'

/** A request as it came. */
export interface WireRequest {
  readonly method: string
  readonly path: string
  /** Without `?`. */
  readonly query: string
  readonly body: string
  readonly apiKey: string | null
}

/** An answer to send; `null` = the connection breaks instead. */
export type WireAnswer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
} | null

const UNKNOWN_TEXT = 'Unknown error, please check your request or try again later.'
const BAN_MS = 120_000

function pathVersion(path: string): string {
  return path.split('/')[2] ?? ''
}

/** Whether a call changes something that is traded. */
function isWrite({ method, security, path }: Route): boolean {
  return method !== 'GET' && security !== 'none' && !path.endsWith('listenKey')
}

/** Who asks, and whether they may. @throws {RequestRefusal} */
function checkCaller(context: ServerContext, route: Route, request: { readonly params: Params } & WireRequest): void {
  if (route.security === 'none') return
  if (context.dialect === 'aster' && pathVersion(route.path) === 'v3') {
    checkAgent(context, request.params, { ...request, reusesNonce: route.reusesNonce === true })
  } else {
    checkKey(context, request.apiKey)
    if (route.security === 'signed') checkSignature(context, request.params, request)
  }
  if (isWrite(route)) checkPermission(context)
}

function answerOf(status: number, text: string, headers: Readonly<Record<string, string>> = {}): WireAnswer {
  return { status, text, headers: { 'Content-Type': 'application/json', ...headers } }
}

interface Write {
  readonly run: () => unknown
  readonly nonce: string | null
}

/** How a write ends that something goes wrong with; `undefined` = it is carried out and answered. */
function failWrite(context: ServerContext, fault: WriteFault | null, write: Write): WireAnswer | undefined {
  const { run, nonce } = write
  switch (fault) {
    case null:
      return undefined
    case 'acceptedWithoutReply':
      run()
      return null
    case 'acceptedUnknown':
      run()
      return answerOf(503, UNKNOWN_TEXT)
    case 'landsLate':
      landLate(context, run, nonce)
      return answerOf(503, UNKNOWN_TEXT)
    case 'lostUnknown':
      return answerOf(503, UNKNOWN_TEXT)
    case 'unavailable':
      return answerOf(503, 'Service Unavailable.')
    case 'overloaded':
      return answerOf(
        503,
        jsonText({ code: -1008, msg: 'Request throttled by system-level protection. Please try again.' }),
      )
    case 'tooManyRequests':
      return answerOf(429, jsonText({ code: -1003, msg: 'Too many requests.' }), { 'Retry-After': '1' })
    case 'banned':
      return answerOf(
        418,
        jsonText({ code: -1003, msg: `Way too many requests; IP banned until ${context.exchange.time + BAN_MS}.` }),
      )
    default:
      return fault satisfies never
  }
}

/** How a question ends that something goes wrong with; `undefined` = it is answered. A stale answer needs one from before. */
function failRead(fault: ReadFault | null, route: Route, before: string | undefined): WireAnswer | undefined {
  switch (fault) {
    case null:
      return undefined
    case 'unanswered':
      return null
    case 'stale':
      return before === undefined ? undefined : answerOf(200, before)
    case 'notFoundYet':
      return /\/(order|algoOrder|openOrder)$/.test(route.path)
        ? answerOf(400, jsonText({ code: -2013, msg: 'Order does not exist.' }))
        : undefined
    case 'tooManyRequests':
      return answerOf(429, jsonText({ code: -1003, msg: 'Too many requests.' }), { 'Retry-After': '1' })
    default:
      return fault satisfies never
  }
}

/** Business parameters of a request: what a stale answer is remembered under. */
function questionOf(route: Route, params: Params): string {
  return [route.path, params.text('symbol'), params.text('fromId'), params.text('orderId')].join(' ')
}

/** Answers requests as the venue's REST interface does, faults included. */
export function createAnswerer(
  context: ServerContext,
  routes: ReadonlyMap<string, Route>,
): (request: WireRequest) => WireAnswer {
  const answers = new Map<string, string>()

  const carryOut = (route: Route, request: WireRequest): WireAnswer => {
    const { exchange, meter, faults } = context
    const params = parseParams([request.query, request.body].filter((text) => text !== '').join('&'))
    const orders = route.orders ?? 0
    meter.weigh(typeof route.weight === 'number' ? route.weight : route.weight(params), exchange.time)
    checkCaller(context, route, { ...request, params })
    meter.countOrders(orders, exchange.time)
    const run = (): string => jsonText(route.run({ context, params }))
    const question = questionOf(route, params)
    const failed = isWrite(route)
      ? failWrite(context, faults.forWrite(), { run, nonce: params.text('nonce') })
      : route.security === 'signed'
        ? failRead(faults.forRead(), route, answers.get(question))
        : undefined
    if (failed !== undefined) return failed
    const text = run()
    if (!isWrite(route)) answers.set(question, text)
    return answerOf(200, text, meter.headers(orders))
  }
  return (request) => {
    context.onRequest(`${request.method} ${request.path}`)
    advanceTo(context.exchange, context.clock.now())
    const route = routes.get(`${request.method} ${request.path}`)
    if (route === undefined)
      return answerOf(404, jsonText({ code: -5000, msg: `Path ${request.path}, Method ${request.method} is invalid` }))
    try {
      return carryOut(route, request)
    } catch (error) {
      if (error instanceof RequestRefusal) return answerOf(error.status, jsonText(error.body), context.meter.headers(0))
      throw error
    }
  }
}
