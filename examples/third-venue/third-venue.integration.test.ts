import { runVenueCase, venueContract } from '@tranchebook/testkit/contract'
import { describe, expect, it } from 'vitest'
import { cedarBench } from './cedar-bench.js'

const bench = cedarBench()

describe('the contract, kept by Cedar', () => {
  it.each(venueContract)('$id $title', async (venueCase) => {
    const end = await runVenueCase(venueCase, bench)
    if (end.type === 'skipped') console.warn(`${venueCase.id} does not apply: ${end.reason}`)
    expect(end.type).toMatch(/kept|skipped/)
  })
})
