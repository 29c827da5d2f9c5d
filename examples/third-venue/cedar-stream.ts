import type { Socket } from 'node:net'
import { type VenueStream, VenueError } from '@tranchebook/adapters'
import { type LinkOptions, openSocket } from './cedar-link.js'
import { formatLine, splitLines } from './cedar-wire.js'
import { parseMessage } from './parse-cedar.js'

/** Who hears of a stream. */
export interface StreamListener {
  /** The first connection stands, or another one. */
  readonly onOpen: (isFirst: boolean) => void
  readonly onNews: (value: unknown) => void
  readonly onLost: () => void
}

const RETRY_MS = 100

/** A subscription that is made again whenever it is lost. */
export function openStream(
  options: LinkOptions,
  asked: readonly unknown[],
  { onOpen, onNews, onLost }: StreamListener,
): Omit<VenueStream, 'resume'> {
  let socket: Socket | null = null
  let isOver = false
  let hasOpened = false

  const read = (line: string, settle: (error: Error | null) => void): void => {
    const message = parseMessage(line)
    if (message.type === 'news') onNews(message.value)
    else if (message.type === 'answer') {
      onOpen(!hasOpened)
      hasOpened = true
      settle(null)
    } else {
      isOver = true
      settle(new VenueError('venue.credentials.refused', `subscribing was refused: ${message.code}`, { details: {} }))
    }
  }
  const begin = async (settle: (error: Error | null) => void): Promise<void> => {
    if (isOver) return
    try {
      socket = await openSocket(options)
    } catch {
      options.clock.schedule(RETRY_MS, () => void begin(settle))
      return
    }
    socket.on(
      'data',
      splitLines((line) => {
        read(line, settle)
      }),
    )
    socket.on('close', () => {
      if (isOver) return
      onLost()
      options.clock.schedule(RETRY_MS, () => void begin(settle))
    })
    socket.write(formatLine({ id: 0, key: options.key, method: 'subscribe', arguments: asked }))
  }
  const opened = new Promise<void>((resolve, reject) => {
    void begin((error) => {
      if (error === null) resolve()
      else reject(error)
    })
  })
  return {
    opened,
    close: () => {
      isOver = true
      socket?.destroy()
      return Promise.resolve()
    },
  }
}
