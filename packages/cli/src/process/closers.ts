/** What was opened, and is closed in reverse, each whatever becomes of the others. */
export class Closers {
  private readonly closers: (() => unknown)[] = []

  /** Notes how something is closed. */
  add(close: () => unknown): void {
    this.closers.push(close)
  }

  /** Closes everything. @throws the first failure, after all were tried */
  async close(): Promise<void> {
    const failures: unknown[] = []
    for (const close of this.closers.splice(0).toReversed()) {
      try {
        await close()
      } catch (error) {
        failures.push(error)
      }
    }
    if (failures.length > 0) throw failures[0]
  }
}
