import { createHmac, createPrivateKey, type KeyObject, sign as signWithKey } from 'node:crypto'
import { type ApiRequest, encodeParams, type Params } from '../transport/api-request.js'
import type { HttpRequest } from '../transport/http-client.js'
import type { Secret } from '../transport/secret.js'
import type { Signer } from '../transport/signer.js'

/** Signs a text the way a key demands. */
export type TextSigner = (text: string) => string

/** HMAC-SHA256, lower-case hex. */
export function hmacSigner(apiSecret: Secret): TextSigner {
  return (text) => createHmac('sha256', apiSecret.reveal()).update(text).digest('hex')
}

/** Ed25519 (or RSA) with a PEM private key: base64. */
export function privateKeySigner(pem: Secret): TextSigner {
  let key: KeyObject | null = null
  return (text) => {
    key ??= createPrivateKey(pem.reveal())
    const algorithm = key.asymmetricKeyType === 'rsa' ? 'sha256' : null
    return signWithKey(algorithm, Buffer.from(text, 'utf8'), key).toString('base64')
  }
}

/** What a query signer knows of the account. */
export interface QueryIdentity {
  readonly apiKey: Secret
  readonly signText: TextSigner
  /** A time stamp older than this is refused, in ms. */
  readonly recvWindowMs: number
}

/** The parameters with time and window, as they are signed. */
export function stamped(params: Params, time: number, recvWindowMs: number): Params {
  return [...params, ['recvWindow', String(recvWindowMs)], ['timestamp', String(time)]]
}

/**
 * Everything in the query, empty body, signature last: what is signed is exactly what is sent.
 *
 * @see https://developers.binance.com/docs/derivatives/usds-margined-futures/general-info
 */
export function createQuerySigner({ apiKey, signText, recvWindowMs }: QueryIdentity): Signer {
  return {
    sign: (request: ApiRequest, time: number): HttpRequest => {
      const { method, path, params, security } = request
      const headers: Record<string, string> = security === 'none' ? {} : { 'x-mbx-apikey': apiKey.reveal() }
      const query = encodeParams(security === 'signed' ? stamped(params, time, recvWindowMs) : params)
      const full = security === 'signed' ? `${query}&signature=${encodeURIComponent(signText(query))}` : query
      return { method, path: full === '' ? path : `${path}?${full}`, headers, body: null }
    },
  }
}
