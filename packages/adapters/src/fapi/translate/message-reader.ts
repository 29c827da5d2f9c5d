import { eventNameOf, payloadOf } from '../wire/stream-envelope.js'
import { parseAccountConfigUpdate } from '../wire/account-config-update.js'
import { parseAccountUpdate } from '../wire/account-update.js'
import { parseMarginCall } from '../wire/margin-call.js'
import type { Clock } from '../../transport/clock.js'
import { parseLossless } from '../../transport/lossless-json.js'
import type { Scrubber } from '../../transport/scrub-text.js'
import type { AccountEvent } from '../../venue/account-event.js'
import { createAccountUpdateReader, translateAccountConfig } from './account-notices.js'
import type { AccountContext } from './order-update.js'

/** What a reader of the account stream works with. */
export interface ReaderParts extends AccountContext {
  readonly clock: Clock
  readonly scrub: Scrubber
  readonly emit: (event: AccountEvent) => void
  /** The key of the stream is used up: no events until there is a new one. */
  readonly onKeyExpired: () => void
  /** Something happened whose outcome only a look can tell. */
  readonly onDoubt: (reason: string) => void
}

/** Turns messages of the account stream into events. Never throws. */
export interface AccountReader {
  read(text: string): void
  close(): void
}

/** What to do with the payload of an event, by the event's name. */
export type EventReaders = Readonly<Record<string, (payload: unknown) => void>>

/** Reads what the venues have in common, and by `events` what is their own. What cannot be read is quarantined. */
export interface MessageReader {
  read(text: string): void
  /** Runs something that may not understand its payload. */
  guarded(raw: string, run: () => void): void
}

const IGNORED: EventReaders = { STRATEGY_UPDATE: () => undefined, GRID_UPDATE: () => undefined }

/** A reader of the messages of one connection after another. */
export function createMessageReader(parts: ReaderParts, events: EventReaders): MessageReader {
  const { clock, scrub, emit, onDoubt, onKeyExpired } = parts
  const accountUpdates = createAccountUpdateReader(parts.account)

  const emitAll = (found: readonly AccountEvent[]): void => {
    for (const event of found) emit(event)
  }
  const quarantine = (reason: string, raw: string): void => {
    emit({ type: 'quarantined', time: clock.now(), reason: scrub(reason), raw: scrub(raw) })
  }
  const known: EventReaders = {
    ...IGNORED,
    ACCOUNT_UPDATE: (payload) => {
      emitAll(accountUpdates.read(parseAccountUpdate(payload)))
    },
    ACCOUNT_CONFIG_UPDATE: (payload) => {
      emitAll(translateAccountConfig(parseAccountConfigUpdate(payload)))
    },
    MARGIN_CALL: (payload) => {
      const { eventTime: time, symbols } = parseMarginCall(payload)
      emit({ type: 'marginCalled', time, symbols })
    },
    listenKeyExpired: onKeyExpired,
    ...events,
  }
  const guarded = (raw: string, run: () => void): void => {
    try {
      run()
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      quarantine(reason, raw)
      onDoubt(scrub(`a message of the account stream could not be understood: ${reason}`))
    }
  }
  return {
    guarded,
    read: (text) => {
      guarded(text, () => {
        const payload = payloadOf(parseLossless(text))
        const name = eventNameOf(payload)
        if (name === null) return
        const readEvent = Object.hasOwn(known, name) ? known[name] : undefined
        if (readEvent === undefined) quarantine(`expected an event we know, got ${name}`, text)
        else readEvent(payload)
      })
    },
  }
}
