import { secp256k1 } from '@noble/curves/secp256k1.js'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { signedText } from './check-signature.js'
import type { ServerContext } from './context.js'
import type { Params } from './params.js'
import { RequestRefusal } from './request-refusal.js'

const WORD = 64
const hash = (text: string): Uint8Array => keccak_256(utf8ToBytes(text))
const word = (value: number): Uint8Array => hexToBytes(value.toString(16).padStart(WORD, '0'))

const DOMAIN_TYPE = hash('EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)')
const MESSAGE_TYPE = hash('Message(string msg)')

/** Digest that an agent signs: `Message{msg}` in the domain of that chain (EIP-712). */
export function agentDigest(msg: string, chainId: number): Uint8Array {
  const parts = [DOMAIN_TYPE, hash('AsterSignTransaction'), hash('1'), word(chainId), word(0)]
  const domain = keccak_256(concatBytes(...parts))
  const message = keccak_256(concatBytes(MESSAGE_TYPE, hash(msg)))
  return keccak_256(concatBytes(Uint8Array.of(0x19, 0x01), domain, message))
}

/** Address that made a signature `0x` r s v, in lower case; `null` = none. */
export function signerOf(digest: Uint8Array, signature: string): string | null {
  if (!/^0x[0-9a-fA-F]{130}$/.test(signature)) return null
  const bytes = hexToBytes(signature.slice(2))
  const v = bytes[64] ?? 0
  const recovery = v >= 27 ? v - 27 : v
  try {
    const recovered = concatBytes(Uint8Array.of(recovery), bytes.subarray(0, 64))
    const publicKey = secp256k1.recoverPublicKey(recovered, digest, { prehash: false })
    const whole = secp256k1.Point.fromBytes(publicKey).toBytes(false)
    return `0x${bytesToHex(keccak_256(whole.subarray(1)).subarray(-20))}`
  } catch {
    return null
  }
}

function rawForm(text: string): string {
  return text
    .split('&')
    .map((pair) => decodeURIComponent(pair.replaceAll('+', ' ')))
    .join('&')
}

/** The forms of the message that count. */
function formsOf(text: string, form: ServerContext['manners']['signedForm']): readonly string[] {
  if (form === 'encoded') return [text]
  return form === 'raw' ? [rawForm(text)] : [text, rawForm(text)]
}

const KEPT_NONCES = 100
const MICROS = 1_000

/** Each nonce once, near the venue's time, and not below the oldest that is remembered. @throws {RequestRefusal} −4225 */
function checkNonce({ exchange, manners, usedNonces }: ServerContext, text: string): void {
  const expired = new RequestRefusal(-4225, 'Nonce Expired')
  if (!/^\d{1,20}$/.test(text)) throw expired
  const nonce = BigInt(text)
  const now = BigInt(exchange.time) * BigInt(MICROS)
  const apart = nonce > now ? nonce - now : now - nonce
  const { seen, kept } = usedNonces
  const oldest = kept[0]
  if (usedNonces.killed.has(text)) throw expired
  const isTooOld = kept.length >= KEPT_NONCES && oldest !== undefined && nonce < oldest
  if (apart > BigInt(manners.nonceWindowMs * MICROS) || seen.has(text) || isTooOld) throw expired
  seen.add(text)
  kept.push(nonce)
  kept.sort((one, two) => (one < two ? -1 : 1))
  if (kept.length > KEPT_NONCES) seen.delete((kept.shift() ?? 0n).toString())
}

/** Whether the agent signed exactly what was sent. @throws {RequestRefusal} −1022, −2015, −4225 */
export function checkAgent(
  context: ServerContext,
  params: Params,
  { query, body, reusesNonce }: { readonly query: string; readonly body: string; readonly reusesNonce: boolean },
): void {
  const { agent } = context.keys
  const signature = params.need('signature')
  const claimed = params.need('signer').toLowerCase()
  const nonce = params.need('nonce')
  if (agent === null || claimed !== agent.signer.toLowerCase()) {
    throw new RequestRefusal(-2015, 'No agent found.', 401)
  }
  const user = params.text('user')?.toLowerCase() ?? agent.user.toLowerCase()
  if (user !== agent.user.toLowerCase()) throw new RequestRefusal(-2015, 'The agent does not belong to that user.', 401)
  const forms = formsOf(signedText(query, body), context.manners.signedForm)
  const isSigned = forms.some((form) => signerOf(agentDigest(form, agent.chainId), signature) === claimed)
  if (!isSigned) throw new RequestRefusal(-1022, 'Signature for this request is not valid.')
  if (reusesNonce) context.usedNonces.killed.add(nonce)
  else checkNonce(context, nonce)
}
