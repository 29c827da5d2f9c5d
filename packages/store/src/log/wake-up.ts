/** Lets any number of readers wait until something new may be there. */
export class WakeUp {
  private readonly waiting = new Set<() => void>()
  private rings = 0

  /** How often it rang: compare before and after a read to miss nothing. */
  get count(): number {
    return this.rings
  }

  /** Wakes everybody who waits. */
  ring(): void {
    this.rings += 1
    const woken = [...this.waiting]
    this.waiting.clear()
    for (const wake of woken) wake()
  }

  /** Resolves when it rang since `count` was taken, when the time is over, or when the signal aborts. */
  async wait(since: number, timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (this.rings !== since || signal.aborted) return
    await new Promise<void>((resolve) => {
      const finish = (): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', finish)
        this.waiting.delete(finish)
        resolve()
      }
      const timer = setTimeout(finish, timeoutMs)
      signal.addEventListener('abort', finish, { once: true })
      this.waiting.add(finish)
    })
  }
}
