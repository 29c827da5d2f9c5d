import { setTimeout as wait } from 'node:timers/promises'
import { API_PATHS } from '../api/paths.js'
import { DashboardError } from '../dashboard-error.js'
import { askServer, type Connection } from './ask-server.js'
import type { StreamMessage } from './dashboard-client.js'
import { parseMessages } from './parse-messages.js'

const RETRY_MS = 1000

async function* openOnce(
  connection: Connection,
  after: string | null,
  signal: AbortSignal,
): AsyncGenerator<StreamMessage, void, undefined> {
  const headers = { accept: 'text/event-stream' }
  const { body } = await askServer(connection, { path: API_PATHS.stream, query: { after }, headers, signal })
  if (body !== null) yield* parseMessages(body)
}

/** A stream that breaks is opened again where it ended; one that is refused is not. */
function isWorthRetrying(error: unknown): boolean {
  return !(error instanceof DashboardError) || error.code === 'dashboard.unreachable'
}

/** Where to go on after a message; `null` = it does not say. */
function placeOf(message: StreamMessage): string | null {
  return message.type === 'hello' || message.type === 'event' ? message.data.position : null
}

/** Follows the stream, and goes on after a break without missing or repeating an event. */
export async function* followStream(
  connection: Connection,
  after: string | null,
  signal: AbortSignal,
): AsyncGenerator<StreamMessage, void, undefined> {
  let place = after
  let hasOpened = false
  while (!signal.aborted) {
    try {
      for await (const message of openOnce(connection, place, signal)) {
        hasOpened = true
        place = placeOf(message) ?? place
        yield message
      }
    } catch (error) {
      if (isEnded(signal)) return
      if (!hasOpened || !isWorthRetrying(error)) throw error
    }
    await wait(RETRY_MS, undefined, { signal }).catch(() => undefined)
  }
}

function isEnded(signal: AbortSignal): boolean {
  return signal.aborted
}
