import { describe, expect, it } from 'vitest'
import type { RecordedMessage } from '../../src/api/index.js'
import { newsOf, type News, withNews } from './news.js'

const NOW = 1_790_000_000_000

function message(changes: Partial<RecordedMessage> = {}): RecordedMessage {
  return {
    account: 'main',
    symbol: 'BTCUSDT',
    version: 7,
    type: 'TrancheIsolated',
    time: NOW,
    sentence: 'T1 was isolated',
    why: null,
    tranches: ['T1'],
    clientOrderId: null,
    position: '9',
    causationId: 'mark:1',
    ...changes,
  }
}

function told(messages: readonly RecordedMessage[]): readonly string[] {
  return messages
    .flatMap((one) => newsOf(one, NOW) ?? [])
    .reduce<readonly News[]>(withNews, [])
    .map(({ symbol, sentence }) => `${symbol} ${sentence}`)
}

describe('news', () => {
  it('are what happened to tranches and what was refused, in whichever book', () => {
    const closed = message({ symbol: 'ETHUSDT', type: 'TrancheClosed', sentence: 'T2 is closed' })
    const refused = message({ type: 'EntryRefused', sentence: 'no entry: 3 active tranches' })
    expect(told([message(), closed, refused])).toEqual([
      'BTCUSDT T1 was isolated',
      'ETHUSDT T2 is closed',
      'BTCUSDT no entry: 3 active tranches',
    ])
    expect(told([message({ type: 'MarkObserved' }), message({ type: 'OrderAcknowledged' })])).toEqual([])
  })

  it('are told once where the same is said again, and only the newest four', () => {
    const refusals = [1, 2, 3].map((version) => message({ type: 'EntryRefused', sentence: 'no entry', version }))
    expect(told(refusals)).toEqual(['BTCUSDT no entry'])
    const five = [1, 2, 3, 4, 5].map((id) => message({ sentence: `T${id} was isolated` }))
    expect(told(five)).toHaveLength(4)
    expect(told(five)[0]).toBe('BTCUSDT T2 was isolated')
  })

  it('are not what comes late after a break', () => {
    expect(told([message({ time: NOW - 30_000 })])).toHaveLength(1)
    expect(told([message({ time: NOW - 30_001 })])).toEqual([])
  })
})
