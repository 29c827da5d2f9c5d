import type { Kysely } from 'kysely'
import type { StoreTables } from '../schema/tables.js'

/** A statement of the hot path. `name` lets the server keep its plan. */
export interface Statement {
  readonly name: string
  readonly text: string
  readonly values: (string | number | null)[]
}

/** The one connection appends go through. */
export interface AppendChannel {
  /** Runs a statement that answers one text. @throws {StoreError} `store.unavailable` where nothing was sent */
  run(statement: Statement): Promise<string>
  /** Gives up the connection after an answer that never came; the next statement opens another. */
  discard(): void
}

/** A database this store can run on. */
export interface SqlEngine {
  readonly kind: 'postgres' | 'pglite'
  readonly db: Kysely<StoreTables>
  /** The same for what takes no time: a frozen connection is given up within seconds. */
  readonly brief: Kysely<StoreTables>
  readonly channel: AppendChannel
  /** How often readers look by themselves, ms. */
  readonly pollMs: number
  /**
   * The same for a transaction that must not happen after its caller has given it up: the server ends it where a statement
   * of it takes longer than `limitMs`, and soon after that its connection is cut.
   */
  within(limitMs: number): Kysely<StoreTables>
  /** Throws inside a transaction that holds the only connection there is; absent where there are more. */
  assertFree?(): void
  /** Calls `ring` after every append, by anybody, and after every gap in listening. */
  listen(ring: () => void): Promise<void>
  /** Ends all connections, those of a server that does not answer any more too. */
  close(): Promise<void>
}
