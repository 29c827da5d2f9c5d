import type { Clock } from '@tranchebook/adapters'
import type { Faults } from './faults.js'

/** Where messages go, and what a fault may do to the way there. */
export interface CourierRoute<Message> {
  readonly clock: Clock
  readonly faults: Faults
  readonly pass: (messages: readonly Message[]) => void
  /** The connection breaks. */
  readonly cut: () => void
  readonly expireKey: () => void
}

/** Carries messages that belong together, each time as the faults have it: lost with the connection, twice, late, after the next ones. */
export function createCourier<Message>(route: CourierRoute<Message>): (messages: readonly Message[]) => void {
  const { clock, faults, pass, cut, expireKey } = route
  let held: readonly Message[] = []

  const hold = (messages: readonly Message[]): void => {
    held = messages
    clock.schedule(faults.delayMs, () => {
      if (held !== messages) return
      held = []
      pass(messages)
    })
  }
  return (messages) => {
    const before = held
    held = []
    const fault = faults.forMessage()
    if (fault === 'swapped') hold(messages)
    else if (fault === 'late') clock.schedule(faults.delayMs, () => pass(messages))
    else if (fault === 'lost' || fault === 'cut') cut()
    else if (fault === 'keyExpired') expireKey()
    else pass(fault === 'doubled' ? [...messages, ...messages] : messages)
    pass(before)
  }
}
