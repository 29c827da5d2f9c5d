/** A listener that keeps what it hears and can be waited for. */
export interface Collector<Item> {
  readonly items: Item[]
  readonly listen: (item: Item) => void
  /** Settles with the first item, past or future, that fits. */
  first<Found extends Item>(fits: (item: Item) => item is Found): Promise<Found>
  /** Settles once that many items have come. */
  count(count: number): Promise<void>
}

/** Collects without mocks: an array, and promises for what is still to come. */
export function createCollector<Item>(): Collector<Item> {
  const items: Item[] = []
  const checks = new Set<() => void>()
  const until = <Value>(look: () => Value | undefined): Promise<Value> =>
    new Promise((resolve) => {
      const check = (): void => {
        const value = look()
        if (value === undefined) return
        checks.delete(check)
        resolve(value)
      }
      checks.add(check)
      check()
    })
  return {
    items,
    listen: (item) => {
      items.push(item)
      for (const check of checks) check()
    },
    first: (fits) => until(() => items.find(fits)),
    count: async (count) => {
      await until(() => (items.length >= count ? true : undefined))
    },
  }
}
