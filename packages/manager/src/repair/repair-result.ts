import { type BookEvent, explainEvent } from '@tranchebook/core'
import type { Finding } from './repair-setup.js'
import type { ProtectionReport } from './verify-protection.js'

/** One thing that a repair does, or would do: an order, a cancel, or a booking. */
export interface RepairStep {
  readonly type: 'place' | 'cancel' | 'book'
  readonly symbol: string
  /** One sentence for people. */
  readonly message: string
  /** As recorded; in a dry run as it would be. */
  readonly event: BookEvent
}

/** What a repair did, or would do. */
export interface RepairResult {
  readonly account: string
  /** The venue's time, epoch ms. */
  readonly time: number
  readonly isDryRun: boolean
  /** In the order they are taken. */
  readonly steps: readonly RepairStep[]
  /** In a dry run before the repair, otherwise after it. */
  readonly protection: ProtectionReport
  readonly findings: readonly Finding[]
}

function isQuiet(event: BookEvent): boolean {
  if (event.type === 'PositionChecked') return event.status === 'synced'
  return event.type === 'BookOpened' || event.type === 'MarkObserved' || event.type === 'RepairRequested'
}

function typeOf(event: BookEvent): RepairStep['type'] {
  if (event.type === 'OrderIntended') return 'place'
  return event.type === 'CancelIntended' ? 'cancel' : 'book'
}

/** Events of one book as steps. */
export function stepsFrom(symbol: string, events: readonly BookEvent[]): readonly RepairStep[] {
  return events
    .filter((event) => !isQuiet(event))
    .map((event) => ({ type: typeOf(event), symbol, message: explainEvent(event), event }))
}
