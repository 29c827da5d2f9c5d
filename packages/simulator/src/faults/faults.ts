/**
 * What may become of a write: it arrives and is answered; it is carried out but the answer is lost, or says that nobody knows; it never
 * arrives and nobody knows; it arrives long after nobody knew; or it is refused before it was looked at.
 */
export const WRITE_FAULTS = [
  'acceptedWithoutReply',
  'acceptedUnknown',
  'lostUnknown',
  'landsLate',
  'unavailable',
  'overloaded',
  'tooManyRequests',
  'banned',
] as const

/** One of {@link WRITE_FAULTS}. */
export type WriteFault = (typeof WRITE_FAULTS)[number]

/** What may become of a question: no answer, the answer of before, an order that cannot be found yet, too many requests. */
export const READ_FAULTS = ['unanswered', 'stale', 'notFoundYet', 'tooManyRequests'] as const

/** One of {@link READ_FAULTS}. */
export type ReadFault = (typeof READ_FAULTS)[number]

/** What may become of a message: lost with its connection, told twice, told late, told after its successor, the connection cut. */
export const MESSAGE_FAULTS = ['lost', 'doubled', 'late', 'swapped', 'cut', 'keyExpired'] as const

/** One of {@link MESSAGE_FAULTS}. */
export type MessageFault = (typeof MESSAGE_FAULTS)[number]

/** Decides what goes wrong, call by call. `null` = nothing. */
export interface Faults {
  forWrite(): WriteFault | null
  forRead(): ReadFault | null
  forMessage(): MessageFault | null
  /** Whether orders that end because their position went flat do so without a word. */
  readonly hidesVanished: boolean
  /** How late a late message or write comes. */
  readonly delayMs: number
  /** How late a write lands that lands late, ms; absent = {@link delayMs}. */
  landingMs?(): number
}

/** Nothing ever goes wrong. */
export const NO_FAULTS: Faults = {
  forWrite: () => null,
  forRead: () => null,
  forMessage: () => null,
  hidesVanished: false,
  delayMs: 0,
}

/** Faults asked for by hand: each happens once, in the order they were asked for. */
export interface FaultsByHand extends Faults {
  write(...faults: readonly WriteFault[]): void
  read(...faults: readonly ReadFault[]): void
  message(...faults: readonly MessageFault[]): void
}

/** A venue that fails when told to. */
export function faultsByHand(
  options: { readonly hidesVanished?: boolean; readonly delayMs?: number } = {},
): FaultsByHand {
  const writes: WriteFault[] = []
  const reads: ReadFault[] = []
  const messages: MessageFault[] = []
  return {
    forWrite: () => writes.shift() ?? null,
    forRead: () => reads.shift() ?? null,
    forMessage: () => messages.shift() ?? null,
    hidesVanished: options.hidesVanished ?? false,
    delayMs: options.delayMs ?? 500,
    write: (...faults) => writes.push(...faults),
    read: (...faults) => reads.push(...faults),
    message: (...faults) => messages.push(...faults),
  }
}
