/** Middle and tail of a series of times, ms. */
export interface Times {
  readonly p50: number
  readonly p99: number
}

function summary(times: readonly number[]): Times {
  const sorted = times.toSorted((left, right) => left - right)
  const at = (share: number): number => sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? NaN
  return { p50: at(0.5), p99: at(0.99) }
}

function shuffled<Item>(items: readonly Item[]): readonly Item[] {
  const keyed = items.map((item) => ({ item, key: Math.random() }))
  return keyed.toSorted((left, right) => left.key - right.key).map(({ item }) => item)
}

/**
 * Times several works by turns, call by call, so that a disturbance of the machine meets all of them alike; each turn in an order of its
 * own, because a work is faster after one that is like it. As many turns go before, untimed: a program that runs for long is
 * warm, and code is compiled for some thousand calls.
 */
export async function timeByTurns(
  works: Readonly<Record<string, (turn: number) => Promise<unknown>>>,
  turns: number,
): Promise<ReadonlyMap<string, Times>> {
  const times = new Map<string, number[]>(Object.keys(works).map((name) => [name, []]))
  for (let turn = 0; turn < 2 * turns; turn += 1) {
    for (const [name, work] of shuffled(Object.entries(works))) {
      const start = performance.now()
      await work(turn)
      if (turn >= turns) times.get(name)?.push(performance.now() - start)
    }
  }
  return new Map([...times].map(([name, series]) => [name, summary(series)]))
}

/** Milliseconds that one piece of work takes. */
export async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** The best of several rounds: the one that the machine disturbed least. */
export async function best(
  rounds: number,
  work: () => Promise<number>,
  better: (a: number, b: number) => number,
): Promise<number> {
  let found = await work()
  for (let round = 1; round < rounds; round += 1) found = better(found, await work())
  return found
}

/** Seconds that so many events take, brought to a million of them; the best of three rounds. */
export async function secondsPerMillion(count: number, work: () => unknown): Promise<number> {
  const time = async (): Promise<number> => milliseconds(async () => Promise.resolve(work()))
  return rounded(((await best(3, time, Math.min)) / 1000) * (1_000_000 / count))
}

/** Rounded for people. */
export function rounded(value: number, digits = 3): number {
  return Number(value.toPrecision(digits))
}
