import { createServer } from 'node:net'

/** Gives an address back. */
export type Release = () => Promise<void>

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
}

/**
 * Holds the address of a socket until it is released or this process ends, and tells whoever connects the `answer`; `null` =
 * another process has it.
 */
export async function holdAddress(address: string, answer = ''): Promise<Release | null> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.end(answer, () => socket.destroy())
  })
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(address, resolve)
    })
  } catch (error) {
    if (isTaken(error)) return null
    throw error
  }
  server.unref()
  return async () =>
    new Promise((resolve) => {
      server.close(() => {
        resolve()
      })
    })
}
