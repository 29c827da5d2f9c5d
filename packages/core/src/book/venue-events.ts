import type { DecimalText, Event } from './event-header.js'
import type { PositionSide } from './order.js'
import type { Side } from './tranche.js'

/** A position report was compared with the book. */
export type PositionChecked = Event<
  'PositionChecked',
  {
    positionSide: PositionSide
    quantity: DecimalText
    entryPrice: DecimalText | null
    markPrice: DecimalText | null
    ours: DecimalText
    status: 'synced' | 'drift' | 'conflict'
    /** False while a difference waits for its settle time or a second look. */
    isSettled: boolean
  }
>

/** A difference has settled; what is done about it follows from `driftPolicy`. */
export type DriftDetected = Event<
  'DriftDetected',
  { positionSide: PositionSide; ours: DecimalText; venue: DecimalText; policy: string }
>

/** Book and venue agree again. */
export type DriftResolved = Event<'DriftResolved', { positionSide: PositionSide; how: string }>

/** Venue and book contradict each other: only protection is sent until a command. */
export type ConflictDetected = Event<'ConflictDetected', { code: string; message: string }>

/** It is over. */
export type ConflictResolved = Event<'ConflictResolved', { note: string | null }>

/** Some open quantity has no stop at the venue. The time of this event is the time since when. */
export type ProtectionLost = Event<'ProtectionLost', { side: Side; quantity: DecimalText; reason: string }>

/** Every open quantity has a stop again. */
export type ProtectionRestored = Event<'ProtectionRestored', { forMs: number }>

/** Coarser orders than configured protect the group. Never: no stop. */
export type ProtectionDegraded = Event<'ProtectionDegraded', { side: Side; step: string; reason: string }>
