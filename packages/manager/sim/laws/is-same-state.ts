function isSameRecord(left: object, right: object): boolean {
  const after = new Map<string, unknown>(Object.entries(right))
  const before = Object.entries(left)
  return (
    before.length === after.size && before.every(([key, value]) => after.has(key) && isSameState(value, after.get(key)))
  )
}

/** Whether two states are the same; the order of lists and maps counts, that of fields does not. Bigints, text, lists, records and maps. */
export function isSameState(left: unknown, right: unknown): boolean {
  if (left === right) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  if (left instanceof Map) return right instanceof Map && isSameState([...left], [...right])
  if (Array.isArray(left))
    return (
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, index) => isSameState(item, right[index]))
    )
  return isSameRecord(left, right)
}
