/** How long something has been so without a break, ms; 0 = it is not so. */
export class Since {
  private readonly begun = new Map<string, number>()

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
