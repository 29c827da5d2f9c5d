import { describe, expect, it } from 'vitest'
import { CommandFailure } from '../command-failure.js'
import { chooseTranche, type NamedTranche } from './choose-tranche.js'

function tranche(id: string, label: string | null, symbol = 'BTCUSDT'): NamedTranche {
  return { id, label, account: 'main', symbol }
}

const OPEN = [tranche('T3', 'swing'), tranche('T5', 'T3'), tranche('T7', 'twin'), tranche('T8', 'twin')]

describe('the tranche of a name', () => {
  it.each([
    ['T3', 'T3'],
    ['T5', 'T5'],
    ['swing', 'T3'],
  ])('%s is %s: an id comes before a label', (name, id) => {
    expect(chooseTranche(name, OPEN).id).toBe(id)
  })

  it('that is not there may be one that has closed: of open ones it is said that they are', () => {
    expect(() => chooseTranche('T1', OPEN)).toThrow('no tranche is called T1')
    expect(() => chooseTranche('T1', OPEN, 'open')).toThrow('no open tranche is called T1')
  })

  it('is refused where several have it', () => {
    expect(() => chooseTranche('twin', OPEN)).toThrow(CommandFailure)
    expect(() => chooseTranche('T3', [...OPEN, tranche('T3', null, 'ETHUSDT')])).toThrow('2 tranches are called T3')
  })
})
