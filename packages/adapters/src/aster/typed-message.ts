import { secp256k1 } from '@noble/curves/secp256k1.js'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'

const WORD = 32

function hashText(text: string): Uint8Array {
  return keccak_256(utf8ToBytes(text))
}

function word(value: number): Uint8Array {
  return hexToBytes(value.toString(16).padStart(WORD * 2, '0'))
}

const DOMAIN_TYPE = hashText('EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)')
const MESSAGE_TYPE = hashText('Message(string msg)')

/** Hash of the domain that agents of Aster sign for. */
export function domainSeparator(chainId: number): Uint8Array {
  const parts = [DOMAIN_TYPE, hashText('AsterSignTransaction'), hashText('1'), word(chainId), word(0)]
  return keccak_256(concatBytes(...parts))
}

/** Digest of `Message{msg}` under that domain (EIP-712). */
export function messageDigest(msg: string, chainId: number): Uint8Array {
  const structHash = keccak_256(concatBytes(MESSAGE_TYPE, hashText(msg)))
  return keccak_256(concatBytes(Uint8Array.of(0x19, 0x01), domainSeparator(chainId), structHash))
}

/** 65 bytes r, s, v (27 or 28) as `0x…`, deterministic. */
export function signDigest(digest: Uint8Array, privateKey: Uint8Array): string {
  const recovered = secp256k1.sign(digest, privateKey, { prehash: false, format: 'recovered' })
  const v = (27 + (recovered[0] ?? 0)).toString(16)
  return `0x${bytesToHex(recovered.subarray(1))}${v}`
}

/** The checksummed address (EIP-55) of a private key. */
export function addressOf(privateKey: Uint8Array): string {
  const publicKey = secp256k1.getPublicKey(privateKey, false).subarray(1)
  const hex = bytesToHex(keccak_256(publicKey).subarray(-20))
  const checks = bytesToHex(hashText(hex))
  const isUpper = (index: number): boolean => Number.parseInt(checks.charAt(index), 16) >= 8
  return `0x${hex.replaceAll(/[a-f]/g, (letter, index: number) => (isUpper(index) ? letter.toUpperCase() : letter))}`
}

/** Bytes of a private key written in hex. The key is not named in the error. @throws {RangeError} */
export function privateKeyBytes(hex: string): Uint8Array {
  const digits = hex.replace(/^0x/, '')
  if (/^[0-9a-fA-F]{64}$/.test(digits)) return hexToBytes(digits)
  throw new RangeError(`expected a private key of 64 hex digits, got ${digits.length} characters`)
}
