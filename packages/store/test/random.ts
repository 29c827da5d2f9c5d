/** Repeatable random numbers: the same seed gives the same run. */
export class Random {
  private state: number

  constructor(seed: number) {
    this.state = seed >>> 0
  }

  /** From 0 up to, not including, `limit`. */
  below(limit: number): number {
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((this.state / 2 ** 32) * limit)
  }

  pick<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.below(items.length)] ?? items[0]
  }
}

/** Seed of a run, printed: from `STORE_SEED`, or new. */
export function printedSeed(name: string): number {
  const seed = Number(process.env['STORE_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
  console.info(`${name}: STORE_SEED=${seed}`)
  return seed
}

/** Rounds of a long test: a small number by default, more from the environment. */
export function rounds(variable: string, usual: number): number {
  return Number(process.env[variable] ?? usual)
}
