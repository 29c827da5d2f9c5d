import { createServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createCollector } from '../../test/collect.js'
import { createManualClock } from '../../test/manual-clock.js'
import { roundTrip, startStreamServer, type StreamServer } from '../../test/stream-server.js'
import { openSession, type SessionOptions } from './socket-session.js'

const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

async function serve(port = 0): Promise<StreamServer> {
  const server = await startStreamServer(port)
  closing.push(() => server.close())
  return server
}

function connect(address: () => Promise<string>, options: Partial<SessionOptions> = {}) {
  const clock = createManualClock()
  const heard = createCollector<string>()
  const session = openSession({
    clock,
    address,
    listener: {
      onOpen: () => {
        heard.listen('open')
      },
      onText: (text) => {
        heard.listen(text)
      },
      onLost: (reason, since) => {
        heard.listen(`lost: ${reason}, since ${since === null ? 'ever' : since - 1_700_000_000_000}`)
      },
    },
    greetings: [],
    silenceMs: 5_000,
    lifeSign: 'data',
    pingMs: null,
    connectTimeoutMs: 1_000,
    rotationMs: 3_600_000,
    overlapMs: 2_000,
    isHopeless: () => false,
    ...options,
  })
  closing.push(() => {
    session.close()
    return Promise.resolve()
  })
  return { clock, heard, session }
}

/** Lets everything that is under way between two sockets of this machine arrive. */
async function settleSockets({ connections }: StreamServer): Promise<void> {
  for (const { socket } of connections) await roundTrip(socket)
}

describe('a session', () => {
  it('greets after each opening and passes on what it hears', async () => {
    const server = await serve()
    const { session, heard } = connect(() => Promise.resolve(`${server.base}/market/stream`), {
      greetings: ['subscribe a', 'subscribe b'],
    })
    await session.opened
    const { socket, path } = await server.connection(1)
    socket.send('one')
    await heard.count(2)
    expect(path).toBe('/market/stream')
    expect(heard.items).toEqual(['open', 'one'])
    await settleSockets(server)
    expect(server.connections[0]?.received).toEqual(['subscribe a', 'subscribe b'])
  })

  it('says that it was lost, waits, and stands again with its subscriptions', async () => {
    const server = await serve()
    const { clock, heard } = connect(() => Promise.resolve(server.base), { greetings: ['subscribe'] })
    const first = await server.connection(1)
    first.socket.send('one')
    await heard.count(2)
    clock.advance(700)
    first.socket.terminate()
    await heard.count(3)
    expect(heard.items[2]).toBe('lost: connection closed with code 1006, since 0')
    clock.advance(999)
    expect(server.connections).toHaveLength(1)
    clock.advance(1)
    await server.connection(2)
    await heard.count(4)
    await settleSockets(server)
    expect(heard.items[3]).toBe('open')
    expect(server.connections[1]?.received).toEqual(['subscribe'])
  })

  it('doubles its pauses up to a minute', async () => {
    let attempts = 0
    const { clock } = connect(() => {
      attempts += 1
      return Promise.reject(new Error('no address'))
    })
    const pauses: number[] = []
    for (const expected of [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]) {
      await Promise.resolve()
      const before = attempts
      clock.advance(expected - 1)
      await Promise.resolve()
      expect(attempts).toBe(before)
      clock.advance(1)
      pauses.push(expected)
      expect(attempts).toBe(before + 1)
      await Promise.resolve()
    }
    expect(attempts).toBe(pauses.length + 1)
  })

  it.each([
    [59_999, 4_000],
    [60_000, 1_000],
  ])('pauses after two cuts and %i ms that went well for %i ms', async (wentWellMs, expected) => {
    const server = await serve()
    const { clock, heard } = connect(() => Promise.resolve(server.base), { silenceMs: 10_000_000 })
    let opened = 0
    for (const pauseMs of [1_000, 2_000]) {
      opened += 1
      const { socket } = await server.connection(opened)
      await roundTrip(socket)
      socket.terminate()
      await heard.count(opened * 2)
      clock.advance(pauseMs)
    }
    const third = await server.connection(3)
    await roundTrip(third.socket)
    clock.advance(wentWellMs)
    third.socket.terminate()
    await heard.count(6)
    clock.advance(expected - 1)
    expect(server.connections).toHaveLength(3)
    clock.advance(1)
    await server.connection(4)
  })

  it('drops a connection on which no data come, whatever pings it sends', async () => {
    const server = await serve()
    const { clock, heard } = connect(() => Promise.resolve(server.base))
    const { socket } = await server.connection(1)
    socket.send('one')
    await heard.count(2)
    clock.advance(4_000)
    await settleSockets(server)
    socket.send('two')
    await heard.count(3)
    clock.advance(4_999)
    await settleSockets(server)
    expect(heard.items).toEqual(['open', 'one', 'two'])
    clock.advance(1)
    expect(heard.items[3]).toBe('lost: nothing heard for 5000 ms, since 4000')
    clock.advance(1_000)
    await server.connection(2)
  })

  it('takes pings and pongs for life where silence is normal', async () => {
    const server = await serve()
    const { clock, heard, session } = connect(() => Promise.resolve(server.base), { lifeSign: 'any', pingMs: 2_000 })
    const { socket } = await server.connection(1)
    await session.opened
    for (let count = 0; count < 5; count += 1) {
      const pinged = new Promise((resolve) => {
        socket.once('ping', resolve)
      })
      clock.advance(2_000)
      await pinged
      await settleSockets(server)
    }
    expect(heard.items).toEqual(['open'])
  })

  it('replaces its connection in time, without a gap, and drops what comes twice', async () => {
    const server = await serve()
    const { clock, heard } = connect(() => Promise.resolve(server.base), { silenceMs: 10_000_000 })
    const first = await server.connection(1)
    first.socket.send('one')
    await heard.count(2)
    clock.advance(3_600_000)
    const second = await server.connection(2)
    await settleSockets(server)
    await settleSockets(server)
    first.socket.send('two')
    await heard.count(3)
    second.socket.send('two')
    second.socket.send('three')
    await heard.count(4)
    first.socket.send('three')
    first.socket.send('four')
    await heard.count(5)
    expect(heard.items).toEqual(['open', 'one', 'two', 'three', 'four'])
    const closed = new Promise((resolve) => {
      first.socket.once('close', resolve)
    })
    clock.advance(2_000)
    await closed
    second.socket.send('five')
    await heard.count(6)
    expect(heard.items).toEqual(['open', 'one', 'two', 'three', 'four', 'five'])
  })

  it('keeps the old connection when its replacement cannot be built', async () => {
    const server = await serve()
    let isReachable = true
    const { clock, heard } = connect(
      () => (isReachable ? Promise.resolve(server.base) : Promise.reject(new Error('not now'))),
      { silenceMs: 10_000_000 },
    )
    const first = await server.connection(1)
    first.socket.send('one')
    await heard.count(2)
    isReachable = false
    clock.advance(3_600_000)
    await Promise.resolve()
    first.socket.send('two')
    await heard.count(3)
    isReachable = true
    clock.advance(1_000)
    await server.connection(2)
    expect(heard.items).toEqual(['open', 'one', 'two'])
  })

  it('gives up a handshake that takes too long', async () => {
    const silent = createServer()
    const port = await new Promise<number>((resolve) => {
      silent.listen(0, '127.0.0.1', () => {
        const address = silent.address()
        resolve(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
    const connected = createCollector<number>()
    silent.on('connection', () => {
      connected.listen(1)
    })
    closing.push(() => {
      silent.close()
      return Promise.resolve()
    })
    const asked = createCollector<number>()
    const { clock } = connect(() => {
      asked.listen(1)
      return Promise.resolve(`ws://127.0.0.1:${port}`)
    })
    await connected.count(1)
    clock.advance(1_000)
    const again = asked.count(2)
    for (let turn = 0; turn < 50 && asked.items.length < 2; turn += 1) {
      await new Promise((resolve) => {
        setImmediate(resolve)
      })
      clock.advance(1_000)
    }
    await again
    expect(asked.items).toHaveLength(2)
  })

  it('tries no more when there is no hope, and says why', async () => {
    let asked = 0
    const { clock, session } = connect(
      () => {
        asked += 1
        return Promise.reject(new Error('wrong key'))
      },
      { isHopeless: () => true },
    )
    await expect(session.opened).rejects.toThrow('wrong key')
    clock.advance(600_000)
    expect(asked).toBe(1)
  })

  it('can be told to build a new connection, and sends nothing while none stands', async () => {
    const server = await serve()
    const { clock, heard, session } = connect(() => Promise.resolve(server.base))
    await session.opened
    expect(session.send('hello')).toBe(true)
    session.reconnect('the key has expired')
    expect(session.send('lost')).toBe(false)
    clock.advance(1_000)
    await server.connection(2)
    await heard.count(3)
    expect(heard.items).toEqual(['open', 'lost: the key has expired, since 0', 'open'])
  })

  it('is quiet once it is closed', async () => {
    const server = await serve()
    const { clock, heard, session } = connect(() => Promise.resolve(server.base))
    await session.opened
    session.close()
    clock.advance(600_000)
    expect(heard.items).toEqual(['open'])
    expect(server.connections).toHaveLength(1)
  })
})
