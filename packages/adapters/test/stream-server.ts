import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

/** One connection that a client built. */
export interface SeenConnection {
  readonly path: string
  readonly socket: WebSocket
  readonly received: string[]
}

/** A venue's streams on this machine. */
export interface StreamServer {
  readonly base: string
  readonly connections: SeenConnection[]
  /** Settles with the n-th connection (from 1). */
  connection(count: number): Promise<SeenConnection>
  /** Runs for each text a client sends. */
  onText: (text: string, connection: SeenConnection) => void
  close(): Promise<void>
}

/** Starts on a free port of 127.0.0.1, or on the given one. */
export async function startStreamServer(port = 0): Promise<StreamServer> {
  const server = new WebSocketServer({ host: '127.0.0.1', port })
  await new Promise((resolve) => {
    server.once('listening', resolve)
  })
  const waiting: { readonly count: number; readonly resolve: (connection: SeenConnection) => void }[] = []
  const streams: StreamServer = {
    base: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: [],
    onText: () => undefined,
    connection: (count) => {
      const known = streams.connections[count - 1]
      if (known !== undefined) return Promise.resolve(known)
      return new Promise((resolve) => {
        waiting.push({ count, resolve })
      })
    },
    close: () =>
      new Promise((resolve) => {
        for (const { socket } of streams.connections) socket.terminate()
        server.close(() => {
          resolve()
        })
      }),
  }
  server.on('connection', (socket, request) => {
    const connection: SeenConnection = { path: request.url ?? '', socket, received: [] }
    socket.on('message', (data) => {
      const text = (data as Buffer).toString('utf8')
      connection.received.push(text)
      streams.onText(text, connection)
    })
    streams.connections.push(connection)
    for (const { count, resolve } of waiting) if (streams.connections.length === count) resolve(connection)
  })
  return streams
}

/** Settles once the client has answered a ping, and so has taken everything sent before; or once the connection has ended. */
export function roundTrip(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      socket.off('pong', settle)
      socket.off('close', settle)
      resolve()
    }
    socket.on('pong', settle)
    socket.on('close', settle)
    if (socket.readyState === socket.OPEN) socket.ping()
    else settle()
  })
}
