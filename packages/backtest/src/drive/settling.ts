import type { EngineEvent, Exchange } from '@tranchebook/simulator'
import type { LeapingClock } from './leaping-clock.js'

/** Time that the market stands still for, so that whatever has happened is answered: longer than any reorder window. */
const ANSWER_MS = 999

function isNews({ type }: EngineEvent): boolean {
  return type !== 'mark' && type !== 'publicTrade'
}

/** Lets everything have its turn that waits for nothing else. */
export async function turn(): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve)
  })
}

/**
 * Lets a manager answer what the market did to it, before the market goes on. News is whatever the venue tells the account and whatever
 * the manager has begun to record; a price that led to neither needs no answer.
 */
export class Settling {
  private readonly clock: LeapingClock
  private isNew = false

  constructor(exchange: Exchange, clock: LeapingClock) {
    this.clock = clock
    exchange.listeners.add((event) => {
      if (isNews(event)) this.isNew = true
    })
  }

  get hasNews(): boolean {
    return this.isNew
  }

  /** Something has begun to be recorded. */
  note(): void {
    this.isNew = true
  }

  /** Lets as much time pass as it takes until nothing more comes of the news. */
  async answer(): Promise<void> {
    const end = this.clock.now() + ANSWER_MS
    while (this.takeNews() || this.clock.runNext(end)) await turn()
  }

  /** Lets time pass until something is done. */
  async until<Answer>(work: Promise<Answer>): Promise<Answer> {
    const progress = { isOver: false }
    const end = (): void => {
      progress.isOver = true
    }
    work.then(end, end)
    await turn()
    while (!progress.isOver) {
      if (!this.takeNews()) this.clock.runNext(Infinity)
      await turn()
    }
    return work
  }

  private takeNews(): boolean {
    const { isNew } = this
    this.isNew = false
    return isNew
  }
}
