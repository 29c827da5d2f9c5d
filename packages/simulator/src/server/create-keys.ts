import { secp256k1 } from '@noble/curves/secp256k1.js'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { createRandom } from '../engine/random.js'
import type { ServerKeys } from './context.js'

/** Keys of a simulated account, and the agent's private key where the venue wants signatures of an agent. */
export interface CreatedKeys {
  readonly keys: ServerKeys
  /** Hex. */
  readonly agentKey: string
}

const KEY_LENGTH = 64
const HEX = '0123456789abcdef'
const CHAIN_ID = 1666
/** Keeps keys apart from whatever else is drawn from the same seed: a listen key that equals an API key would be scrubbed. */
const KEYS_APART = 0x6b65

/** Keys drawn from a seed. They open a simulated account and nothing else. */
export function createKeys(seed: number): CreatedKeys {
  const random = createRandom(seed ^ KEYS_APART)
  const apiKey = random.text(KEY_LENGTH)
  const apiSecret = random.text(KEY_LENGTH)
  const digits = Array.from({ length: KEY_LENGTH - 1 }, () => HEX.charAt(random.next(HEX.length)))
  const agentKey = `0x1${digits.join('')}`
  const publicKey = secp256k1.getPublicKey(hexToBytes(agentKey.slice(2)), false)
  const signer = `0x${bytesToHex(keccak_256(publicKey.subarray(1)).subarray(-20))}`
  return { keys: { apiKey, apiSecret, agent: { signer, user: signer, chainId: CHAIN_ID } }, agentKey }
}
