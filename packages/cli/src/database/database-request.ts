/** Which database a command shall use. */
export interface DatabaseRequest {
  /** Connection string of a Postgres server. */
  readonly database?: string
  /** True where that is a pgbouncer in transaction mode. */
  readonly pooled?: boolean
  /** Directory of an embedded database. */
  readonly directory?: string
  readonly json?: boolean
}

/** What `tranchebook db verify` was asked. */
export interface VerifyRequest extends DatabaseRequest {
  /** Only the streams of this account; absent = the whole log. */
  readonly account?: string
  /** File of an anchor taken earlier. */
  readonly anchor?: string
}

/** What `tranchebook db anchor` and `tranchebook log export` were asked. */
export interface OutputRequest extends DatabaseRequest {
  readonly output?: string
}

/** What `tranchebook db archive` was asked. */
export interface ArchiveStreamRequest extends DatabaseRequest {
  /** Last version to archive; absent = that of the snapshot. */
  readonly through?: number
}
