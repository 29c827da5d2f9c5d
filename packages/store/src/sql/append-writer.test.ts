import { describe, expect, it } from 'vitest'
import { AppendWriter, DEFAULT_WRITER_LIMITS, type WriterLimits } from './append-writer.js'
import type { AppendRequest } from './pending-append.js'
import type { AppendChannel } from './sql-engine.js'

function request(stream: string): AppendRequest {
  const event = { id: '1', type: 'X', schemaVersion: 1, tranche: null, time: 1, data: '{}', metadata: null }
  return { stream, options: { expected: 0, epoch: 1 }, events: [event], changes: [[]] }
}

/** A database that answers as told, statement by statement; the last answer stays. */
function writerTo(answers: readonly (() => Promise<string>)[], limits: Partial<WriterLimits> = {}): AppendWriter {
  let statements = 0
  const channel: AppendChannel = {
    run: async () => {
      const answer = answers[Math.min(statements, answers.length - 1)]!
      statements += 1
      return answer()
    },
    discard: () => undefined,
  }
  return new AppendWriter(channel, { ...DEFAULT_WRITER_LIMITS, ...limits })
}

const lost = async (): Promise<string> => Promise.reject(new Error('the connection is gone'))
const fencedByTwo = async (): Promise<string> => Promise.resolve('fenced,2')

describe('a writer that has been fenced', () => {
  it('says that nothing was recorded', async () => {
    const fenced = writerTo([fencedByTwo]).append(request('main/X'))
    await expect(fenced).rejects.toMatchObject({ code: 'store.fenced', outcome: 'refused' })
  })

  it('does not say so where the answer to an earlier attempt was lost: the log may have it', async () => {
    const fenced = writerTo([lost, fencedByTwo]).append(request('main/X'))
    await expect(fenced).rejects.toMatchObject({ code: 'store.fenced', outcome: 'unknown' })
    await expect(fenced).rejects.toThrow(/read the stream/)
  })
})

describe('a queue that the database does not take', () => {
  it('ends for all of it when its time is over, not batch by batch', async () => {
    let statements = 0
    const slow = async (): Promise<string> => {
      statements += 1
      await new Promise((resolve) => {
        setTimeout(resolve, 100)
      })
      return lost()
    }
    const writer = writerTo([slow], { timeoutMs: 50, batch: { events: 10, characters: 1_000_000 } })
    const outcomes = await Promise.allSettled(
      Array.from({ length: 100 }, async (_, n) => writer.append(request(`a${n}/X`))),
    )

    const codes = outcomes.map((outcome) =>
      outcome.status === 'rejected' ? (outcome.reason as { code: string }).code : '',
    )
    expect(codes.filter((code) => code === 'store.append.outcome-unknown')).toHaveLength(10)
    expect(codes.filter((code) => code === 'store.append.not-sent')).toHaveLength(90)
    expect(statements).toBe(1)
  })
})
