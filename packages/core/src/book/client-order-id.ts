import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { InvariantError } from '../errors.js'

/** What an order's client id is made of. */
export interface OrderName {
  /** `account/symbol`. */
  readonly stream: string
  /** The book's number of the intent, from 1. */
  readonly intent: number
  /** Try of that intent, from 1. */
  readonly attempt: number
}

const PREFIX = 'tb'
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'
const STREAM_LETTERS = 12
const PATTERN = /^tb([a-z2-7]{12})-([0-9a-z]{1,9}-[0-9a-z]{1,3})$/

/** Hashes of the streams of this process: few, and asked for with every order. */
const hashes = new Map<string, string>()

/** 60 bits of the stream's SHA-256 as lower-case base32: two streams of one account practically never share it. */
function hashOf(stream: string): string {
  const known = hashes.get(stream)
  if (known !== undefined) return known
  let bits = 0n
  for (const byte of sha256(utf8ToBytes(stream)).subarray(0, 8)) bits = (bits << 8n) | BigInt(byte)
  let letters = ''
  for (let index = 0; index < STREAM_LETTERS; index += 1) {
    letters += ALPHABET.charAt(Number((bits >> 59n) & 31n))
    bits = BigInt.asUintN(64, bits << 5n)
  }
  hashes.set(stream, letters)
  return letters
}

/**
 * Client id of an order: a pure function of stream, intent and attempt that every venue we know accepts
 * (`^[A-Za-z0-9_-]{1,28}$`).
 *
 * @throws {InvariantError} `order.name` when intent or attempt is not a positive whole number or is too large to fit.
 */
export function clientOrderIdOf({ stream, intent, attempt }: OrderName): string {
  const id = `${PREFIX}${hashOf(stream)}-${intent.toString(36)}-${attempt.toString(36)}`
  if (Number.isSafeInteger(intent) && intent > 0 && Number.isSafeInteger(attempt) && attempt > 0 && PATTERN.test(id))
    return id
  throw new InvariantError(
    'order.name',
    `expected intent and attempt to be whole numbers from 1 that fit an order id, got intent ${intent}, attempt ${attempt}`,
    { details: { stream, intent, attempt } },
  )
}

/** Whether a client id is one of ours; of that stream, where one is given. */
export function isOwnOrderId(clientOrderId: string, stream?: string): boolean {
  const match = PATTERN.exec(clientOrderId)
  return match !== null && (stream === undefined || match[1] === hashOf(stream))
}

/** What tells an order of ours from the others of its book: intent and attempt, `k3-1`; `null` = it is not one of ours. */
export function orderNumber(clientOrderId: string): string | null {
  return PATTERN.exec(clientOrderId)?.[2] ?? null
}

/** The book's number of the intent that an order of ours stands for, from 1; `null` = it is not one of ours. */
export function intentOf(clientOrderId: string): number | null {
  const [intent] = orderNumber(clientOrderId)?.split('-') ?? []
  return intent === undefined ? null : Number.parseInt(intent, 36)
}
