import type { Appended, AppendOptions, ExpectedVersion } from '../event-store.js'
import type { SerialEvent } from '../log/serialise-event.js'
import type { Change } from '../projections/change.js'

/** An append that waits for its turn. */
export interface PendingAppend {
  readonly stream: string
  readonly expected: ExpectedVersion
  readonly epoch: number | null
  /** JSON of each event, without its opening brace. */
  readonly events: readonly string[]
  readonly first: SerialEvent
  /** JSON of the changes to the projections, by event, without the opening braces. */
  readonly changes: readonly (readonly string[])[]
  readonly size: number
  /** Epoch ms after which no further attempt starts. */
  readonly deadline: number
  readonly resolve: (appended: Appended) => void
  readonly reject: (error: Error) => void
  /** Not to be joined with other appends to its stream: an attempt together with them was refused. */
  isSolo: boolean
  /** To be sent by itself: a batch with it failed as a whole. */
  isAlone: boolean
  /** An earlier attempt may have succeeded. */
  isDoubtful: boolean
}

/** What an append is made of. */
export interface AppendRequest {
  readonly stream: string
  readonly options: AppendOptions
  readonly events: readonly SerialEvent[]
  readonly changes: readonly (readonly Change[])[]
}

function textOf(event: SerialEvent): string {
  const { id, type, schemaVersion, tranche, time, data, metadata } = event
  const head = `"i":${JSON.stringify(id)},"t":${JSON.stringify(type)},"v":${schemaVersion},"e":${time}`
  const named = tranche === null ? head : `${head},"r":${JSON.stringify(tranche)}`
  return metadata === null ? `${named},"d":${data}}` : `${named},"d":${data},"m":${metadata}}`
}

interface Settlement {
  readonly deadline: number
  readonly resolve: (appended: Appended) => void
  readonly reject: (error: Error) => void
}

/** Puts a request into the form in which it waits. */
export function pendingOf(request: AppendRequest, settlement: Settlement): PendingAppend {
  const { stream, options, events, changes } = request
  const first = events[0]
  if (first === undefined) throw new RangeError('an append has at least one event')
  const texts = events.map(textOf)
  return {
    stream,
    expected: options.expected,
    epoch: options.epoch ?? null,
    events: texts,
    first,
    changes: changes.map((own) => own.map((change) => JSON.stringify(change).slice(1))),
    size: texts.reduce((sum, text) => sum + text.length, 0),
    ...settlement,
    isSolo: false,
    isAlone: false,
    isDoubtful: false,
  }
}
