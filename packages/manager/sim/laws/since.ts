/** How long something has been so without a break, ms; 0 = it is not so. */
export class Since {
  private readonly begun = new Map<string, number>()

  /** Nobody could look: nothing has been so without a break. */
  forget(): void {
    this.begun.clear()
  }

  hold(what: string, isSo: boolean, now: number): number {
    if (!isSo) {
      this.begun.delete(what)
      return 0
    }
    const begin = this.begun.get(what) ?? now
    this.begun.set(what, begin)
    return now - begin
  }
}
