/** One at a time, in the order of asking. */
export class Mutex {
  private tail: Promise<void> = Promise.resolve()

  /** Waits for its turn; call the returned function to let the next one in. */
  async acquire(): Promise<() => void> {
    const before = this.tail
    let release = (): void => undefined
    this.tail = new Promise((resolve) => {
      release = resolve
    })
    await before
    return release
  }

  /** Runs `work` in its turn. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    const release = await this.acquire()
    try {
      return await work()
    } finally {
      release()
    }
  }
}
