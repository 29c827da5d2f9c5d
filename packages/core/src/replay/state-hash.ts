import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { TrancheBook } from '../book/book.js'
import { canonicalJson } from './canonical-json.js'

/** SHA-256 of the canonical text of a book, as hex: equal for equal states, in any process. */
export function stateHash(book: TrancheBook): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(book))))
}
