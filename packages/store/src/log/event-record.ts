/** One event exactly as it is stored. */
export interface EventRecord {
  readonly position: number
  readonly stream: string
  readonly version: number
  readonly id: string
  readonly type: string
  readonly schemaVersion: number
  readonly tranche: string | null
  readonly time: number
  readonly recordedTime: number
  readonly epoch: number | null
  /** Exact text. */
  readonly data: string
  /** Exact text. */
  readonly metadata: string | null
  /** Hex. */
  readonly hash: string
}

/** What is known of where an event stands, for error messages. */
export type Whereabouts = Partial<Pick<EventRecord, 'position' | 'stream' | 'version' | 'id' | 'type'>>
