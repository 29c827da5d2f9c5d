import type { IncomingMessage, Server } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import type { ServerContext } from './context.js'
import { answerFrame } from './socket-api.js'
import { serveConnection, type StreamAddress, type StreamPath } from './stream-connection.js'
import { StreamHub } from './stream-hub.js'

const SOCKET_API_PATH = '/ws-fapi/v1'

/** What an address says. */
type Asked = Pick<StreamAddress, 'path' | 'isCombined' | 'names'>

/** Reads `/private/ws/<key>`, `/market/stream?streams=a/b`, `/private/ws?listenKey=<key>` and the old forms without a kind. */
function parseAddress(url: string): Asked | null {
  const { pathname, searchParams } = new URL(url, 'ws://127.0.0.1')
  const match = /^\/(?:(public|market|private)\/)?(ws|stream)(?:\/(.*))?$/.exec(pathname)
  if (match === null) return null
  const [, kind, form, rest = ''] = match
  const asked = [rest, searchParams.get('streams') ?? '', searchParams.get('listenKey') ?? ''].join('/')
  const path: StreamPath = kind === 'public' || kind === 'market' || kind === 'private' ? kind : 'old'
  const names = asked
    .split('/')
    .filter((name) => name !== '')
    .map(decodeURIComponent)
  return { path, isCombined: form === 'stream', names }
}

/** The running streams of a server. */
export interface StreamServer {
  /** Breaks every connection. */
  cut(): void
  /** Tells that the listen key has expired, which ends it. */
  expireListenKey(): void
  close(): void
}

function accept(
  hub: StreamHub,
  { dialect, listenKeys, clock }: ServerContext,
  asked: Asked,
): (socket: WebSocket) => void {
  return (socket) => {
    const connection = serveConnection(socket, {
      ...asked,
      splitsPaths: dialect === 'binance',
      isListenKey: (name) => name === listenKeys.current(clock.now()),
    })
    hub.connections.add(connection)
    socket.on('close', () => hub.connections.delete(connection))
  }
}

function acceptApi(sockets: Set<WebSocket>, context: ServerContext): (socket: WebSocket) => void {
  return (socket) => {
    sockets.add(socket)
    const session = { connectedSince: context.clock.now(), authorizedSince: null }
    socket.on('close', () => sockets.delete(socket))
    socket.on('message', (data: Buffer) => {
      const answer = answerFrame(context, session, data.toString('utf8'))
      if (answer === null) socket.terminate()
      else socket.send(answer)
    })
  }
}

/** Account and market streams on the same port as the REST interface, and order entry over a socket. */
export function attachStreams(server: Server, context: ServerContext): StreamServer {
  const sockets = new WebSocketServer({ noServer: true })
  const apiSockets = new Set<WebSocket>()
  const hub = new StreamHub(context)
  server.on('upgrade', (request: IncomingMessage, stream, head) => {
    const url = request.url ?? ''
    const asked = parseAddress(url)
    const isApi = context.dialect === 'binance' && url.startsWith(SOCKET_API_PATH)
    if (asked === null && !isApi) stream.end('HTTP/1.1 404 Not Found\r\n\r\n')
    else {
      const open = asked === null ? acceptApi(apiSockets, context) : accept(hub, context, asked)
      sockets.handleUpgrade(request, stream, head, open)
    }
  })
  const cut = (): void => {
    hub.cut()
    for (const socket of apiSockets) socket.terminate()
  }
  return {
    cut,
    expireListenKey: () => {
      hub.expireListenKey()
    },
    close: () => {
      hub.close()
      cut()
      sockets.close()
    },
  }
}
