import { checkKey, checkPermission, checkTimestamp, isSignedBy } from './check-signature.js'
import type { ServerContext } from './context.js'
import { paramsOf } from './params.js'
import { RequestRefusal } from './request-refusal.js'
import type { Json } from './wire/json-text.js'

/** What one connection of order entry remembers. Times are epoch ms. */
export interface SocketSession {
  readonly connectedSince: number
  /** `null` = every frame has to be signed. */
  authorizedSince: number | null
}

/** Parameters of a frame, as JSON had them. */
export type FrameParams = Readonly<Record<string, unknown>>

/** Parameters sorted by name, as they are signed. */
function signedText(params: FrameParams): string {
  const names = Object.keys(params).filter((name) => name !== 'signature')
  return names
    .toSorted()
    .map((name) => `${name}=${String(params[name])}`)
    .join('&')
}

/** Key, signature, time. @throws {RequestRefusal} −2014, −2015, −1022, −1021 */
function checkSigned(context: ServerContext, frame: FrameParams): void {
  const params = paramsOf(frame)
  checkKey(context, params.text('apiKey'))
  const isSigned = isSignedBy(context.keys, signedText(frame), params.need('signature'))
  if (!isSigned) throw new RequestRefusal(-1022, 'Signature for this request is not valid.')
  checkTimestamp(context, params)
}

/** What a method asks of its caller. */
export interface SocketDemand {
  readonly security: 'key' | 'signed'
  readonly isWrite: boolean
}

/** Whether a frame may be carried out: it names no key where the connection has logged on. @throws {RequestRefusal} */
export function checkFrame(
  context: ServerContext,
  { session, frame }: { readonly session: SocketSession; readonly frame: FrameParams },
  { security, isWrite }: SocketDemand,
): void {
  const params = paramsOf(frame)
  const isLoggedOn = session.authorizedSince !== null && params.text('apiKey') === null
  if (security === 'key' && !isLoggedOn) checkKey(context, params.text('apiKey'))
  else if (security === 'signed' && isLoggedOn) checkTimestamp(context, params)
  else if (security === 'signed') checkSigned(context, frame)
  if (isWrite) checkPermission(context)
}

function statusOf({ exchange, keys }: ServerContext, { authorizedSince, connectedSince }: SocketSession): Json {
  const apiKey = authorizedSince === null ? null : keys.apiKey
  return { apiKey, authorizedSince, connectedSince, returnRateLimits: true, serverTime: exchange.time }
}

function logOn(context: ServerContext, session: SocketSession, frame: FrameParams): Json {
  checkKey(context, paramsOf(frame).text('apiKey'))
  if (context.keys.publicKey === undefined) throw new RequestRefusal(-4056, 'HMAC_SHA256 API key is not supported.')
  checkSigned(context, frame)
  session.authorizedSince = context.exchange.time
  return statusOf(context, session)
}

/** Answers what is asked about the connection itself; `undefined` = nothing of that kind. */
export function answerLogon(
  context: ServerContext,
  session: SocketSession,
  { method, params }: { readonly method: string; readonly params: FrameParams },
): Json | undefined {
  switch (method) {
    case 'session.logon':
      return logOn(context, session, params)
    case 'session.logout':
      session.authorizedSince = null
      return statusOf(context, session)
    case 'session.status':
      return statusOf(context, session)
    default:
      return undefined
  }
}
