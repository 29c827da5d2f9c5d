import type { BookEvent, Input, Refusal } from '@tranchebook/core'

/** What became of an input: recorded and durable, or refused before it was decided. */
export interface Decided {
  readonly events: readonly BookEvent[]
  readonly refusal: Refusal | null
}

/** An input on its way, and who waits for the answer. */
export interface Mail {
  readonly input: Input
  readonly isLate: boolean
  readonly answer: ((decided: Decided) => void) | null
  readonly fail: ((error: unknown) => void) | null
}

/** Whether an input found room: `merged` = a newer one stands for it, `full` = it was not taken. */
export type Posted = 'queued' | 'merged' | 'full'

function isEntry({ input }: Mail): boolean {
  return input.type === 'command' && (input.command === 'openTranche' || input.command === 'addToTranche')
}

/** Marks, ticks and reviews: a newer one of the same type says all that an older one did. */
function isMergeable(left: Input, right: Input): boolean {
  if (left.type !== right.type) return false
  if (left.type === 'position' && right.type === 'position') return left.positionSide === right.positionSide
  return left.type === 'mark' || left.type === 'tick' || left.type === 'review'
}

/**
 * Inputs of one book in order, bounded. Once half full entries are not taken any more and marks, ticks and reports of positions
 * merge with the one before; at the end of it nothing is taken, and the book has to ask the venue what it missed.
 */
export class Mailbox {
  private waiting: Mail[] = []
  private readonly capacity: number

  constructor(capacity: number) {
    this.capacity = capacity
  }

  get size(): number {
    return this.waiting.length
  }

  post(mail: Mail): Posted {
    const isCrowded = this.waiting.length * 2 >= this.capacity
    if (isCrowded && isEntry(mail)) return 'full'
    if (isCrowded && this.merge(mail)) return 'merged'
    if (this.waiting.length >= this.capacity) return 'full'
    this.waiting.push(mail)
    return 'queued'
  }

  /** Everything that waits, in order, at most so many. */
  take(most: number): readonly Mail[] {
    const taken = this.waiting.slice(0, most)
    this.waiting = this.waiting.slice(most)
    return taken
  }

  /** Puts a batch back in front: it will be decided again. */
  putBack(batch: readonly Mail[]): void {
    this.waiting = [...batch, ...this.waiting]
  }

  private merge(mail: Mail): boolean {
    if (mail.answer !== null) return false
    const index = this.waiting.findLastIndex(({ input, answer }) => answer === null && isMergeable(input, mail.input))
    if (index < 0) return false
    this.waiting = [...this.waiting.slice(0, index), ...this.waiting.slice(index + 1), mail]
    return true
  }
}
