import type { StreamMessages } from '../api/stream-message.js'
import type { StreamMessage } from './dashboard-client.js'

interface RawMessage {
  readonly name: string
  readonly data: string
}

function parseBlock(block: string): RawMessage | null {
  let name = 'message'
  const data: string[] = []
  for (const line of block.split('\n')) {
    if (line.startsWith('event:')) name = line.slice(6).trimStart()
    else if (line.startsWith('data:')) data.push(line.slice(5).trimStart())
  }
  return data.length === 0 ? null : { name, data: data.join('\n') }
}

function isKnown(name: string): name is keyof StreamMessages {
  return ['hello', 'event', 'prices', 'account'].includes(name)
}

/** A message of our own server, whose shape the version of both sides vouches for. */
function parseMessage({ name, data }: RawMessage): StreamMessage | null {
  return isKnown(name) ? ({ type: name, data: JSON.parse(data) as unknown } as StreamMessage) : null
}

/** Messages of a stream of server-sent events, as they come. */
export async function* parseMessages(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<StreamMessage, void, undefined> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of chunks) {
    const blocks = `${rest}${decoder.decode(chunk, { stream: true })}`.split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const raw = parseBlock(block)
      const message = raw === null ? null : parseMessage(raw)
      if (message !== null) yield message
    }
  }
}
