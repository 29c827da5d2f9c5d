import { createRandom } from '../engine/random.js'
import { type Faults, MESSAGE_FAULTS, READ_FAULTS, WRITE_FAULTS } from './faults.js'

/** How often things go wrong, in cases per thousand. */
export interface FaultRates {
  readonly writePerMille: number
  readonly readPerMille: number
  readonly messagePerMille: number
}

/** Often enough that a short run meets every fault. */
export const FREQUENT_FAULTS: FaultRates = { writePerMille: 100, readPerMille: 100, messagePerMille: 50 }

/** Faults drawn from a seed; {@link Faults} with a switch, so that a run can end in peace. */
export interface SeededFaults extends Faults {
  /** From now on nothing goes wrong. */
  stop(): void
}

const MOST_DELAY_MS = 2_000

/** A venue that fails by chance: the same seed and the same calls give the same failures. */
export function seededFaults(seed: number, rates: FaultRates = FREQUENT_FAULTS): SeededFaults {
  const random = createRandom(seed)
  const hidesVanished = random.chance(500)
  const delayMs = 1 + random.next(MOST_DELAY_MS)
  let isOver = false
  const draw = <Fault>(faults: readonly Fault[], perMille: number): Fault | null => {
    if (isOver || !random.chance(perMille)) return null
    return faults[random.next(faults.length)] ?? null
  }
  return {
    forWrite: () => draw(WRITE_FAULTS, rates.writePerMille),
    forRead: () => draw(READ_FAULTS, rates.readPerMille),
    forMessage: () => draw(MESSAGE_FAULTS, rates.messagePerMille),
    get hidesVanished() {
      return hidesVanished && !isOver
    },
    delayMs,
    stop: () => {
      isOver = true
    },
  }
}
