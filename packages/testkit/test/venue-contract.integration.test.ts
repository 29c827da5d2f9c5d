import { describe, expect, it } from 'vitest'
import { runVenueCase, venueContract } from '../src/contract/index.js'
import { paperBench } from './benches/paper-bench.js'
import { servedBench } from './benches/served-bench.js'
import { simulatedBench } from './benches/simulated-bench.js'

const benches = [
  simulatedBench('binance'),
  simulatedBench('aster'),
  paperBench(),
  servedBench('binance'),
  servedBench('binance-ed25519-socket'),
  servedBench('aster-v3'),
  servedBench('aster-v1'),
]

describe.each(benches)('the contract, kept by $name', (bench) => {
  it.each(venueContract)('$id $title', async (venueCase) => {
    const end = await runVenueCase(venueCase, bench)
    if (end.type === 'skipped') console.warn(`${venueCase.id} does not apply: ${end.reason}`)
    expect(end.type).toMatch(/kept|skipped/)
  })
})

it('numbers its promises in order, each once', () => {
  const numbers = venueContract.map(({ id }) => Number(id.slice('VE-'.length)))
  expect(numbers).toEqual([...new Set(numbers)].toSorted((one, two) => one - two))
  expect(venueContract.every(({ id }) => /^VE-\d{2,3}$/.test(id))).toBe(true)
})
