/** Faults that have happened, by kind. */
export class FaultTally {
  readonly counts: Record<string, number> = {}
  private readonly tell: (kind: string) => void

  constructor(tell: (kind: string) => void) {
    this.tell = tell
  }

  note(kind: string): void {
    this.counts[kind] = (this.counts[kind] ?? 0) + 1
    this.tell(kind)
  }
}
