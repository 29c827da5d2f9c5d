/** A count with its noun: one or more of it. */
export function plural(count: number, one: string, more: string): string {
  return count === 1 ? `1 ${one}` : `${count} ${more}`
}
