import { describe, expect, it } from 'vitest'
import { COMBINATIONS, playRealDay } from './real-day.js'
import { isRecorded, REAL_DAYS } from './recorded-day.js'

const [crash] = REAL_DAYS
const isHere = crash !== undefined && isRecorded(crash)
if (!isHere) console.warn('no recorded markets here: the crash of 2025-10-10 is not played')

describe('the crash of 2025-10-10', () => {
  it.skipIf(!isHere).each(COMBINATIONS)('%j: books, venue and log agree at its end', async (combination) => {
    const played = await playRealDay(crash!, combination)
    expect(played.apart).toEqual([])
    expect(played.tranches).toBeGreaterThan(10)
    expect(played.isolated).toBeGreaterThan(0)
  })
})
