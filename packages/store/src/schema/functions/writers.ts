import { APPEND } from './append.js'
import { APPEND_EACH } from './append-each.js'
import { APPEND_ONE } from './append-one.js'
import { HASH_CHAIN } from './event-hash.js'
import { ACQUIRE_LEASE } from './lease.js'

/** Functions that write to the log, each after those it needs. */
export const WRITERS: readonly string[] = [...HASH_CHAIN, APPEND_EACH, APPEND, APPEND_ONE, ACQUIRE_LEASE]
