import { createHmac, createPublicKey, timingSafeEqual, verify } from 'node:crypto'
import type { ServerContext, ServerKeys } from './context.js'
import { type Params } from './params.js'
import { missing, RequestRefusal } from './request-refusal.js'

const USUAL_WINDOW_MS = 5_000
const MOST_WINDOW_MS = 60_000
const AHEAD_MS = 1_000

function isHmac(secret: string, text: string, signature: string): boolean {
  const wanted = Buffer.from(createHmac('sha256', secret).update(text).digest('hex'))
  const given = Buffer.from(signature.toLowerCase())
  return wanted.length === given.length && timingSafeEqual(wanted, given)
}

/** Whether the holder of the keys signed the text: Ed25519 in base64 where they have a public key, HMAC in hex (any letter case) where not. */
export function isSignedBy({ publicKey, apiSecret }: ServerKeys, text: string, signature: string): boolean {
  if (publicKey === undefined) return isHmac(apiSecret, text, signature)
  return verify(null, Buffer.from(text), createPublicKey(publicKey), Buffer.from(signature, 'base64'))
}

/** The text that was signed: the query, then the body, without the signature itself. */
export function signedText(query: string, body: string): string {
  const without = (text: string): string =>
    text
      .split('&')
      .filter((pair) => !pair.startsWith('signature='))
      .join('&')
  return without(query) + without(body)
}

/** @throws {RequestRefusal} −2014, −2015 */
export function checkKey({ keys }: ServerContext, given: string | null): void {
  if (given === null || given === '') throw new RequestRefusal(-2014, 'API-key format invalid.', 401)
  if (given !== keys.apiKey) throw new RequestRefusal(-2015, 'Invalid API-key, IP, or permissions for action.', 401)
}

/** @throws {RequestRefusal} −2015 */
export function checkPermission({ keys }: ServerContext): void {
  if (keys.mayTrade === false) throw new RequestRefusal(-2015, 'Invalid API-key, IP, or permissions for action.', 401)
}

/** Whether the request is as young as it says it must be. @throws {RequestRefusal} −1021 */
export function checkTimestamp({ exchange }: ServerContext, params: Params): void {
  const timestamp = params.integer('timestamp')
  if (timestamp === null) throw missing('timestamp')
  const recvWindow = params.integer('recvWindow') ?? USUAL_WINDOW_MS
  if (recvWindow > MOST_WINDOW_MS) throw new RequestRefusal(-1131, `recvWindow must be less than ${MOST_WINDOW_MS}.`)
  if (timestamp >= exchange.time + AHEAD_MS) {
    throw new RequestRefusal(-1021, "Timestamp for this request was 1000ms ahead of the server's time.")
  }
  if (exchange.time - timestamp > recvWindow) {
    throw new RequestRefusal(-1021, 'Timestamp for this request is outside of the recvWindow.')
  }
}

/** Signature first, then time. @throws {RequestRefusal} −1022, −1021 */
export function checkSignature(
  context: ServerContext,
  params: Params,
  { query, body }: { readonly query: string; readonly body: string },
): void {
  const signature = params.need('signature')
  if (!isSignedBy(context.keys, signedText(query, body), signature)) {
    throw new RequestRefusal(-1022, 'Signature for this request is not valid.')
  }
  checkTimestamp(context, params)
}
