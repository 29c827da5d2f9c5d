import { WebSocket } from 'ws'
import { type Json, jsonText } from './wire/json-text.js'

/** Which kinds of stream a path serves. Paths without a kind are the old ones: they take every subscription and serve the public kinds. */
export type StreamPath = 'public' | 'market' | 'private' | 'old'

/** One connection of a reader of streams. */
export interface StreamConnection {
  readonly path: StreamPath
  /** Market streams it has asked for, as it named them. */
  readonly names: ReadonlySet<string>
  /** Account streams it listens to. */
  readonly listenKeys: Set<string>
  /** Sends a message of the market, if it is subscribed here. */
  tellMarket(stream: string, payload: Json): void
  tellAccount(listenKey: string, payload: Json): void
  terminate(): void
  close(): void
}

const PUBLIC_KINDS = /@(bookTicker|depth|rpiDepth)|^!bookTicker/

/** Streams a message belongs to: its own, with any rate, and that of all symbols. */
function namesOf(stream: string): readonly string[] {
  const kind = stream.split('@')[1] ?? ''
  const all = kind === 'bookTicker' ? '!bookTicker' : `!${kind}@arr`
  return [stream, `${stream}@1s`, all, `${all}@1s`]
}

function isServed(path: StreamPath, name: string, splitsPaths: boolean): boolean {
  if (!splitsPaths) return true
  const isPublic = PUBLIC_KINDS.test(name)
  return isPublic ? path === 'public' || path === 'old' : path === 'market'
}

/** Where a connection was made to. */
export interface StreamAddress {
  readonly path: StreamPath
  /** Combined streams wrap each payload with its name. */
  readonly isCombined: boolean
  readonly names: readonly string[]
  /** False at venues that serve everything everywhere. */
  readonly splitsPaths: boolean
  readonly isListenKey: (name: string) => boolean
}

interface Order {
  readonly method?: unknown
  readonly params?: unknown
  readonly id?: unknown
}

function parseOrder(text: string): Order | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : null
  } catch {
    return null
  }
}

/** Serves a connection: subscriptions by address and by message. */
export function serveConnection(socket: WebSocket, address: StreamAddress): StreamConnection {
  const { path, isCombined, splitsPaths, isListenKey } = address
  const names = new Set<string>()
  const listenKeys = new Set<string>()
  const add = (name: string): unknown => (isListenKey(name) ? listenKeys.add(name) : names.add(name))
  for (const name of address.names) add(name)

  const send = (stream: string, payload: Json): void => {
    if (socket.readyState === WebSocket.OPEN) socket.send(jsonText(isCombined ? { stream, data: payload } : payload))
  }
  const obey = ({ method, params, id }: Order): void => {
    const list = Array.isArray(params) ? params.filter((name): name is string => typeof name === 'string') : []
    const number = typeof id === 'number' || typeof id === 'string' ? id : null
    if (method === 'SUBSCRIBE') for (const name of list) add(name)
    else if (method === 'UNSUBSCRIBE') for (const name of list) names.delete(name)
    const result = method === 'LIST_SUBSCRIPTIONS' ? [...names] : null
    socket.send(jsonText({ result, id: number }))
  }
  socket.on('message', (data: Buffer) => {
    const order = parseOrder(data.toString('utf8'))
    if (order === null) socket.send(jsonText({ code: 3, msg: 'Invalid JSON' }))
    else obey(order)
  })
  return {
    path,
    names,
    listenKeys,
    tellMarket: (stream, payload) => {
      for (const name of namesOf(stream)) {
        if (!names.has(name) || !isServed(path, name, splitsPaths)) continue
        send(name, name.startsWith('!') && name.includes('@arr') ? [payload] : payload)
      }
    },
    tellAccount: (listenKey, payload) => {
      if (listenKeys.has(listenKey)) send(listenKey, payload)
    },
    terminate: () => {
      socket.terminate()
    },
    close: () => {
      socket.close()
    },
  }
}
