import { AsyncLocalStorage } from 'node:async_hooks'
import { StoreError } from '../store-errors.js'

/** One at a time, in the order of asking. */
export class Mutex {
  private tail: Promise<void> = Promise.resolve()
  private readonly turn = new AsyncLocalStorage<symbol>()
  private present: symbol | null = null

  /** @throws {StoreError} `store.transaction.nested` where called from the work whose turn it is: the wait would never end */
  assertFree(): void {
    if (this.present === null || this.turn.getStore() !== this.present) return
    throw new StoreError(
      'store.transaction.nested',
      'the embedded database has one connection, and a transaction around this call holds it: use that transaction, or ask before or after it',
    )
  }

  /** Runs `work`, which asks for no turn itself, in its turn. @throws {StoreError} `store.transaction.nested` */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    this.assertFree()
    const release = await this.acquire()
    try {
      return await work()
    } finally {
      release()
    }
  }

  /** Runs `work`, which may be anybody's, in its turn, and knows it when it asks again. @throws {StoreError} `store.transaction.nested` */
  async runKnown<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.run(async () => {
      const turn = Symbol('turn')
      this.present = turn
      try {
        return await this.turn.run(turn, work)
      } finally {
        this.present = null
        // As long as it is on, every promise of the process costs more.
        this.turn.disable()
      }
    })
  }

  /** Waits for its turn; the returned function lets the next one in. */
  private async acquire(): Promise<() => void> {
    const before = this.tail
    let release = (): void => undefined
    this.tail = new Promise((resolve) => {
      release = resolve
    })
    await before
    return release
  }
}
