import type { PositionMode } from '../config/symbol-config.js'
import type { PauseKind } from './book.js'
import type { Event } from './event-header.js'
import type { Side } from './tranche.js'

/** The first event of every log: whose book it is. */
export type BookOpened = Event<'BookOpened', { account: string; symbol: string; positionMode: PositionMode }>

/** Options of this book changed. Open tranches keep the percentages and levels they were opened with. */
export type ConfigurationChanged = Event<'ConfigurationChanged', { options: Readonly<Record<string, unknown>> }>

/** An entry was not allowed. Nothing was intended. */
export type EntryRefused = Event<'EntryRefused', { side: Side; code: string; message: string }>

/** A command had no effect. */
export type CommandRefused = Event<'CommandRefused', { command: string; code: string; message: string }>

/** Entries stop; protection goes on. */
export type TradingPaused = Event<'TradingPaused', { kind: PauseKind; actor: string | null }>

/** What a repair is about. */
export const REPAIR_KINDS = ['protect', 'adopt', 'reconcile', 'rollBack', 'takeOver'] as const

/** See {@link REPAIR_KINDS}. */
export type RepairKind = (typeof REPAIR_KINDS)[number]

/** Somebody asked for a repair. It changes nothing by itself: what it did follows in events of its own. */
export type RepairRequested = Event<'RepairRequested', { kind: RepairKind; actor: string | null }>

/** Entries may open again. */
export type TradingResumed = Event<'TradingResumed', { actor: string | null }>
