import { randomUUID } from 'node:crypto'
import type { AppendOptions, Anchor, Appended, StreamHead } from '../event-store.js'
import { conflictOfEvent, conflictOfVersion } from '../log/conflicts.js'
import type { EventRecord } from '../log/event-record.js'
import { chainHash, GENESIS } from '../log/hash-chain.js'
import type { SerialEvent } from '../log/serialise-event.js'

interface MemoryStream {
  readonly records: EventRecord[]
  readonly byId: Map<string, EventRecord>
}

const EMPTY: MemoryStream = { records: [], byId: new Map() }

/** The log of a memory store: two views on the same records, by stream and by position. */
export class MemoryLog {
  readonly logId = randomUUID()
  readonly records: EventRecord[] = []
  private readonly streams = new Map<string, MemoryStream>()
  private readonly now: () => number

  constructor(now: () => number) {
    this.now = now
  }

  recordsOf(stream: string): readonly EventRecord[] {
    return (this.streams.get(stream) ?? EMPTY).records
  }

  headOf(stream: string): StreamHead | null {
    const last = this.recordsOf(stream).at(-1)
    return last === undefined ? null : { stream, version: last.version, position: last.position, hash: last.hash }
  }

  anchor(): Anchor {
    const names = [...this.streams.keys()].sort()
    const streams = names.map((name) => this.headOf(name)).filter((head) => head !== null)
    return { logId: this.logId, position: this.records.length, streams }
  }

  append(stream: string, events: readonly SerialEvent[], options: AppendOptions): Appended {
    const found = this.streams.get(stream) ?? EMPTY
    const stored = this.findStored(found, events, options)
    if (stored !== null) return stored
    this.assertVersion(stream, found.records.length, options)
    const taken = events.find((event) => found.byId.has(event.id))
    if (taken !== undefined) throw conflictOfEvent(stream, taken.id)
    return this.write(stream, events, options.epoch ?? null)
  }

  /** The same events where they already are, or `null`. */
  private findStored(
    { records, byId }: MemoryStream,
    events: readonly SerialEvent[],
    options: AppendOptions,
  ): Appended | null {
    const first = byId.get(events[0]?.id ?? '')
    if (first === undefined) return null
    if (typeof options.expected === 'number' && options.expected !== first.version - 1) return null
    if (options.expected === 'none' && first.version !== 1) return null
    const same = events.every((event, index) => {
      const record = records[first.version - 1 + index]
      return record?.id === event.id && record.data === event.data && record.type === event.type
    })
    return same ? place(records.slice(first.version - 1, first.version - 1 + events.length), true) : null
  }

  private assertVersion(stream: string, actual: number, { expected }: AppendOptions): void {
    const fits =
      expected === 'any' || (expected === 'exists' ? actual > 0 : actual === (expected === 'none' ? 0 : expected))
    if (!fits) throw conflictOfVersion(stream, expected, actual)
  }

  private write(stream: string, events: readonly SerialEvent[], epoch: number | null): Appended {
    const target: MemoryStream = this.streams.get(stream) ?? { records: [], byId: new Map() }
    this.streams.set(stream, target)
    const recordedTime = this.now()
    const written = events.map((event) => {
      const bare = {
        id: event.id,
        type: event.type,
        schemaVersion: event.schemaVersion,
        tranche: event.tranche,
        time: event.time,
        data: event.data,
        metadata: event.metadata,
        stream,
        version: target.records.length + 1,
        position: this.records.length + 1,
        recordedTime,
        epoch,
        hash: '',
      }
      bare.hash = chainHash(target.records.at(-1)?.hash ?? GENESIS, bare)
      const record: EventRecord = bare
      target.records.push(record)
      target.byId.set(record.id, record)
      this.records.push(record)
      return record
    })
    return place(written, false)
  }
}

function place(records: readonly EventRecord[], isDuplicate: boolean): Appended {
  const first = records[0]
  const last = records.at(-1)
  if (first === undefined || last === undefined) throw new RangeError('an append has at least one event')
  const { version: firstVersion, position: firstPosition } = first
  return { firstVersion, firstPosition, version: last.version, position: last.position, isDuplicate }
}
