import { createServer, Socket } from 'node:net'

/** What a timer is asked for, ms; one way takes up to twice as long, like the way to another zone of a data centre. */
const DELAY_MS = 1

function passLate(from: Socket, to: Socket): void {
  from.setNoDelay(true)
  from.on('data', (chunk) => {
    setTimeout(() => {
      to.write(chunk)
    }, DELAY_MS)
  })
  from.on('close', () => {
    to.destroy()
  })
  from.on('error', () => {
    to.destroy()
  })
}

/** The same server, from further away. */
export interface DistantServer {
  readonly url: string
  readonly close: () => Promise<void>
}

/** A wire to a server on which every message takes a millisecond or two. */
export async function distantServer(target: string): Promise<DistantServer> {
  const { port, hostname } = new URL(target)
  const listener = createServer((client) => {
    const server = new Socket().connect(Number(port), hostname)
    passLate(client, server)
    passLate(server, client)
  })
  await new Promise<void>((resolve) => {
    listener.listen(0, '127.0.0.1', resolve)
  })
  const address = listener.address()
  const url = new URL(target)
  url.hostname = '127.0.0.1'
  url.port = String(typeof address === 'object' && address !== null ? address.port : 0)
  return {
    url: url.toString(),
    close: async () =>
      new Promise((resolve) => {
        listener.close(() => {
          resolve()
        })
      }),
  }
}
