import { type Faults, seededFaults, type SeededFaults } from '@tranchebook/simulator'

/** Faults by seed, and how often each of them struck. */
export interface CountedFaults extends SeededFaults {
  readonly counts: Readonly<Record<string, number>>
}

const RATES = { writePerMille: 120, readPerMille: 80, messagePerMille: 60 }

/** Every kind of fault, often enough that an hour meets all of them. */
export function countedFaults(seed: number): CountedFaults {
  const faults = seededFaults(seed, RATES)
  const counts: Record<string, number> = {}
  const counted = <Fault extends string>(kind: string, fault: Fault | null): Fault | null => {
    if (fault !== null) counts[`${kind}.${fault}`] = (counts[`${kind}.${fault}`] ?? 0) + 1
    return fault
  }
  const answers: Pick<Faults, 'forWrite' | 'forRead' | 'forMessage'> = {
    forWrite: () => counted('write', faults.forWrite()),
    forRead: () => counted('read', faults.forRead()),
    forMessage: () => counted('message', faults.forMessage()),
  }
  return {
    ...answers,
    counts,
    get hidesVanished() {
      return faults.hidesVanished
    },
    delayMs: faults.delayMs,
    stop: () => {
      faults.stop()
    },
  }
}
