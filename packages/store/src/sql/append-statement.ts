import type { ExpectedVersion } from '../event-store.js'
import type { AppendBatch, AppendGroup } from './append-batch.js'
import type { PendingAppend } from './pending-append.js'
import type { Statement } from './sql-engine.js'

const MANY = 'SELECT tranche_append($1::int, $2::json, $3::json) AS answer'
const ONE =
  'SELECT tranche_append_one($1, $2, $3, $4, $5, $6::smallint, $7, $8, $9::json, $10::json, $11::json) AS answer'

function expectedNumber(expected: ExpectedVersion): number {
  if (typeof expected === 'number') return expected
  return expected === 'none' ? 0 : expected === 'exists' ? -2 : -1
}

function eventsText({ stream, expected, epoch, appends }: AppendGroup): string {
  const head = `{"s":${JSON.stringify(stream)},"x":${expectedNumber(expected)},"l":${epoch ?? 'null'},`
  const [first = '', ...others] = appends.flatMap((append) => append.events)
  return [head + first, ...others.map((text) => `{${text}`)].join(',')
}

function changesText(groups: readonly AppendGroup[]): string | null {
  const texts: string[] = []
  for (const [index, group] of groups.entries()) {
    let event = 0
    for (const changes of group.appends.flatMap((append) => append.changes)) {
      event += 1
      for (const change of changes) texts.push(`{"g":${index},"n":${event},${change}`)
    }
  }
  return texts.length === 0 ? null : `[${texts.join(',')}]`
}

function single(append: PendingAppend): Statement {
  const { first } = append
  const values = [
    append.stream,
    expectedNumber(append.expected),
    append.epoch,
    first.id,
    first.type,
    first.schemaVersion,
    first.tranche,
    first.time,
    first.data,
    first.metadata,
    changesText([{ ...append, appends: [append], count: 1 }]),
  ]
  return { name: 'tranche_append_one', text: ONE, values }
}

/** The statement that appends a batch. */
export function statementOf({ groups, appends, events }: AppendBatch): Statement {
  const [only] = appends
  if (only !== undefined && events === 1 && expectedNumber(only.expected) >= 0) return single(only)
  const texts = groups.map(eventsText)
  return { name: 'tranche_append', text: MANY, values: [events, `[${texts.join(',')}]`, changesText(groups)] }
}
