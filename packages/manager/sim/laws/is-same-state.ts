type Fields = Readonly<Record<string, unknown>>

function isSameRecord(left: Fields, right: Fields): boolean {
  const keys = Object.keys(left)
  if (keys.length !== Object.keys(right).length) return false
  return keys.every((key) => Object.hasOwn(right, key) && isSameState(left[key], right[key]))
}

function isSameList(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((item, index) => isSameState(item, right[index]))
}

function isSameMap(left: ReadonlyMap<unknown, unknown>, right: ReadonlyMap<unknown, unknown>): boolean {
  if (left.size !== right.size) return false
  const others = right.entries()
  for (const entry of left) if (!isSameState(entry, others.next().value)) return false
  return true
}

function isFields(value: object): value is Fields {
  return !Array.isArray(value) && !(value instanceof Map)
}

/** Whether two states are the same; the order of lists and maps counts, that of fields does not. Bigints, text, lists, records and maps. */
export function isSameState(left: unknown, right: unknown): boolean {
  if (left === right) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  if (Array.isArray(left)) return Array.isArray(right) && isSameList(left, right)
  if (left instanceof Map) return right instanceof Map && isSameMap(left, right)
  return isFields(left) && isFields(right) && isSameRecord(left, right)
}
