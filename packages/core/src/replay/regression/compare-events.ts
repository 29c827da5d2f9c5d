import type { BookEvent } from '../../book/events.js'

/** A field that differs, by its path; `undefined` = it is not there. */
export interface FieldDifference {
  readonly field: string
  readonly expected: unknown
  readonly got: unknown
}

/** The first place where two lists of events part. */
export interface EventDifference {
  /** From 0; the event makes version index + 1 of its stream. */
  readonly index: number
  /** What was recorded; `null` = nothing more was. */
  readonly expected: BookEvent | null
  /** What is decided today; `null` = nothing more is. */
  readonly got: BookEvent | null
  /** What differs between the two, where there are two of one type. */
  readonly fields: readonly FieldDifference[]
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function entriesOf(value: object): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(value))
}

function compare(expected: unknown, got: unknown, field: string): readonly FieldDifference[] {
  if (expected === got) return []
  if (!isNested(expected) || !isNested(got) || Array.isArray(expected) !== Array.isArray(got))
    return [{ field, expected, got }]
  const left = entriesOf(expected)
  const right = entriesOf(got)
  const names = new Set([...left.keys(), ...right.keys()])
  return [...names].flatMap((name) =>
    compare(left.get(name), right.get(name), field === '' ? name : `${field}.${name}`),
  )
}

/** Fields that differ between two events, whatever order their keys are in. Empty = they say the same. */
function differingFields(expected: BookEvent, got: BookEvent): readonly FieldDifference[] {
  return compare(expected, got, '')
}

/** The first place where recorded and re-decided events part; `null` = nowhere. `offset` is the index of the first. */
export function firstDifference(
  expected: readonly BookEvent[],
  got: readonly BookEvent[],
  offset = 0,
): EventDifference | null {
  const length = Math.max(expected.length, got.length)
  for (let at = 0; at < length; at += 1) {
    const left = expected[at] ?? null
    const right = got[at] ?? null
    const fields = left === null || right === null ? [] : differingFields(left, right)
    if (left !== null && right !== null && fields.length === 0) continue
    return { index: offset + at, expected: left, got: right, fields: left?.type === right?.type ? fields : [] }
  }
  return null
}
