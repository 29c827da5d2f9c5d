import { expect, it } from 'vitest'
import { hasSharedData, readShared, sharedLines } from '../../test/shared-data.js'
import { tokensOf } from '../../test/json-tokens.js'
import { parseLossless } from '../transport/lossless-json.js'

const isThere = hasSharedData()

it.skipIf(!isThere).each([
  ['user-data-stream-recorded.jsonl', 29],
  ['ws-market-recorded-samples.jsonl', 9],
  ['rest-binance-um-recorded-20260915.jsonl', 16],
  ['rest-binance-um-gocryptotrader.jsonl', 28],
  ['fixtures-jkorf-binance-net.jsonl', 88],
  ['ws-binance-um-4symbols-raw-20210722.jsonl.gz', 1_535],
  ['ws-binance-um-btcusdt-raw-20240808T2354-60s.jsonl.gz', 15_738],
])('%s: %i lines, not a field and not a digit lost', (name, expected) => {
  const lines = sharedLines(name)
  expect(lines).toHaveLength(expected)
  const changed = lines.filter(
    (line) => tokensOf(JSON.stringify(parseLossless(line))).join(' ') !== tokensOf(line).join(' '),
  )
  expect(changed).toEqual([])
})

it
  .skipIf(!isThere)
  .each([
    'aster-account-v4-sample.json',
    'aster-exchangeInfo-20260112.json',
    'binance-um-exchangeInfo-20210721.json',
    'binance-um-exchangeInfo-20251030.json',
    'binance-um-testnet-exchangeInfo-20251224.json',
    'binance-um-leverageBracket-20260507.json',
  ])('%s: not a field and not a digit lost', (name) => {
  const text = readShared(name)
  expect(tokensOf(JSON.stringify(parseLossless(text)))).toEqual(tokensOf(text))
})

it('would notice a lost digit', () => {
  const text = '{"i":8389765739703625592,"c":"a\\u0041"}'
  expect(tokensOf(JSON.stringify(parseLossless(text)))).toEqual(tokensOf(text))
  expect(tokensOf(JSON.stringify(JSON.parse(text)))).not.toEqual(tokensOf(text))
})
