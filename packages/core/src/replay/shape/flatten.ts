import { isRecord, type Json, type JsonRecord } from './json.js'

/** A single value. */
export type Leaf = string | number | boolean | null

/** Single values by the path that leads to them. */
export type Leaves = ReadonlyMap<string, Leaf>

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json)
}

/** Entries of a list that have a name of their own keep it when others come and go; the rest are counted from 1. */
function named(entry: Json, index: number): readonly [string, Json] {
  if (typeof entry === 'string') return [entry, true]
  if (isList(entry)) {
    const [key = null, value = null] = entry
    return [typeof key === 'string' ? key : String(index + 1), value]
  }
  const own = isRecord(entry) ? entry['id'] : undefined
  return [typeof own === 'string' ? own : String(index + 1), entry]
}

function collect(leaves: Map<string, Leaf>, path: string, json: Json): void {
  if (typeof json !== 'object' || json === null) {
    leaves.set(path, json)
    return
  }
  for (const [name, entry] of isList(json) ? json.map(named) : Object.entries(json))
    collect(leaves, path === '' ? name : `${path}.${name}`, entry)
}

/** A saved state as a flat table, in the order of its fields. */
export function flatten(json: JsonRecord): Leaves {
  const leaves = new Map<string, Leaf>()
  collect(leaves, '', json)
  return leaves
}
