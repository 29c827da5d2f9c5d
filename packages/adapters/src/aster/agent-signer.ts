import { type ApiRequest, encodeParams } from '../transport/api-request.js'
import type { HttpRequest } from '../transport/http-client.js'
import type { Secret } from '../transport/secret.js'
import type { Signer } from '../transport/signer.js'
import { createNonceSource } from './nonce-source.js'
import { addressOf, messageDigest, privateKeyBytes, signDigest } from './typed-message.js'

/** An agent that may trade for a wallet. The wallet's own key never comes here. */
export interface AgentIdentity {
  /** Hex. */
  readonly privateKey: Secret
  readonly chainId: number
  /** Address of the wallet; an agent's calls do not need it. */
  readonly user?: string
}

/** A signer that remembers the nonce each request was sent with. */
export interface AgentSigner extends Signer {
  /** `null` = never signed. */
  nonceOf(request: ApiRequest): string | null
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

/**
 * Signs the parameters, nonce and agent exactly as they are sent (EIP-712): in the query of GET, in the body of everything else.
 *
 * @see https://github.com/asterdex/api-docs
 */
export function createAgentSigner({ privateKey, chainId, user }: AgentIdentity): AgentSigner {
  const nonces = createNonceSource()
  const used = new WeakMap<ApiRequest, string>()
  let agent: { readonly key: Uint8Array; readonly address: string } | null = null

  const identity = (): { readonly key: Uint8Array; readonly address: string } => {
    const key = agent?.key ?? privateKeyBytes(privateKey.reveal())
    agent ??= { key, address: addressOf(key) }
    return agent
  }
  const signedText = (request: ApiRequest, time: number): string => {
    const { key, address } = identity()
    const nonce = request.params.find(([name]) => name === 'nonce')?.[1] ?? nonces.next(time)
    used.set(request, nonce)
    const business = request.params.filter(([name]) => name !== 'nonce')
    const owner = user === undefined ? [] : [['user', user] as const]
    const msg = encodeParams([...business, ['nonce', nonce], ...owner, ['signer', address]])
    return `${msg}&signature=${signDigest(messageDigest(msg, chainId), key)}`
  }
  return {
    nonceOf: (request) => used.get(request) ?? null,
    sign: (request: ApiRequest, time: number): HttpRequest => {
      const { method, path, security, params } = request
      const text = security === 'none' ? encodeParams(params) : signedText(request, time)
      if (method !== 'GET') return { method, path, headers: FORM, body: text }
      return { method, path: text === '' ? path : `${path}?${text}`, headers: {}, body: null }
    },
  }
}
