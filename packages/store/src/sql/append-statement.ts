import type { ExpectedVersion } from '../event-store.js'
import type { SerialEvent } from '../log/serialise-event.js'
import type { AppendBatch, AppendGroup } from './append-batch.js'
import { DURABLY } from './durably.js'
import type { PendingAppend } from './pending-append.js'
import type { Statement } from './sql-engine.js'

const MANY = `SELECT tranche_append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::json) AS answer, ${DURABLY}`
const ONE = `SELECT tranche_append_one($1, $2, $3, $4, $5, $6::smallint, $7, $8, $9::json, $10::json, $11::json)
  AS answer, ${DURABLY}`

function expectedNumber(expected: ExpectedVersion): number {
  if (typeof expected === 'number') return expected
  return expected === 'none' ? 0 : expected === 'exists' ? -2 : -1
}

/** JSON in place of changes: whoever appends has no projection. */
const LEFT_OUT = 'null'

/** Changes name their group, and their event in it; `null` where there are none. */
function changesText(groups: readonly (readonly PendingAppend[])[]): string | null {
  if (groups.some((appends) => appends.some(({ changes }) => changes === null))) return LEFT_OUT
  const placed = groups.flatMap((appends, g) =>
    appends
      .flatMap(({ changes }) => changes ?? [])
      .flatMap((changes, index) => changes.map((change) => `{"g":${g},"n":${index + 1},${change.slice(1)}`)),
  )
  return placed.length === 0 ? null : `[${placed.join(',')}]`
}

function single(append: PendingAppend): Statement {
  const { stream, expected, epoch, first } = append
  const { id, type, schemaVersion, tranche, time, data, metadata } = first
  const change = changesText([[append]])
  const version = expectedNumber(expected)
  const values = [stream, version, epoch, id, type, schemaVersion, tranche, time, data, metadata, change]
  return { name: 'tranche_append_one', text: ONE, values }
}

/** An event and where it goes; `offset` counts the events of its group from 1. */
interface PlacedEvent {
  readonly group: AppendGroup
  readonly offset: number
  readonly event: SerialEvent
}

const placed = (group: AppendGroup): readonly PlacedEvent[] =>
  group.appends.flatMap(({ events }) => events).map((event, index) => ({ group, offset: index + 1, event }))

const arrayText = (elements: readonly (number | null)[]): string =>
  `{${elements.map((element) => element ?? 'NULL').join(',')}}`

/** Columns of all events: neither names nor JSON can hold a line feed. */
function columns(rows: readonly PlacedEvent[]): readonly string[] {
  const lines = (column: (row: PlacedEvent) => string | null): string => rows.map((row) => column(row) ?? '').join('\n')
  const array = (column: (row: PlacedEvent) => number | null): string => arrayText(rows.map(column))
  return [
    lines(({ group }) => group.stream),
    array(({ group }) => expectedNumber(group.expected)),
    array(({ group }) => group.epoch),
    array(({ offset }) => offset),
    lines(({ event }) => event.id),
    lines(({ event }) => event.type),
    array(({ event }) => event.schemaVersion),
    lines(({ event }) => event.tranche),
    array(({ event }) => event.time),
    lines(({ event }) => event.data),
    lines(({ event }) => event.metadata),
  ]
}

/** The statement that appends a batch. */
export function statementOf({ groups, appends, events }: AppendBatch): Statement {
  const [only] = appends
  if (only !== undefined && events === 1 && expectedNumber(only.expected) >= 0) return single(only)
  const changes = changesText(groups.map((group) => group.appends))
  return { name: 'tranche_append', text: MANY, values: [...columns(groups.flatMap(placed)), changes] }
}
