import { describe, expect, it } from 'vitest'
import { exits, pair, refusalIn } from '../../test/builders/command-builder.js'
import {
  aLife,
  answers,
  asks,
  buys,
  marks,
  shorts,
  theOne,
  trancheIn,
  typesOf,
} from '../../test/builders/life-builder.js'

describe('the name of a tranche', () => {
  it('is an id before it is a label', () => {
    const life = aLife()
    life.tellAll([marks('50000'), buys('0.001', '50000', { tranche: 'T2' }), buys('0.002', '50000')])
    expect(trancheIn(life, 'T1').label).toBe('T2')

    expect(exits(life.tell(asks('closeTranche', { tranche: 'T2' })))).toEqual(['LONG 0.002 market command'])
    life.tell(asks('annotateTranche', { tranche: 'T2', note: 'n' }))
    expect(trancheIn(life, 'T2').notes).toEqual(['n'])
  })

  it('that several open tranches have is refused: by its id each can be named', () => {
    const life = pair()
    life.tell(shorts('0.01', '50000', { tranche: 'swing' }))

    expect(theOne(life.tell(asks('closeTranche', { tranche: 'swing' })), 'CommandRefused')).toMatchObject({
      code: 'trancheAmbiguous',
      message: 'T1, T3 are all called swing: name one by its id',
    })
    expect(exits(life.tell(asks('closeTranche', { tranche: 'T3' })))).toEqual(['SHORT 0.01 market command'])
  })

  it.each([
    ['T7', 'labelIsId', 'T7 is shaped like the id of a tranche, T and digits: choose another label'],
    ['swing', 'labelTaken', 'T1 is called swing already: choose another label, or take it away there first'],
  ])('%s is no new label: %s', (label, code, message) => {
    const life = pair()

    expect(theOne(life.tell(asks('labelTranche', { tranche: 'T2', label })), 'CommandRefused')).toMatchObject({
      code,
      message,
    })
    const entry = { side: 'LONG', quantity: '0.01', label }
    expect(theOne(life.tell(asks('openTranche', entry)), 'EntryRefused')).toMatchObject({
      code,
      message,
      because: { rule: `entryLimit.${code}` },
    })
    expect(typesOf(life.tell(asks('labelTranche', { tranche: 'T1', label: 'swing' })))).toEqual(['TrancheLabelled'])
  })

  it('is taken once an entry of that label is in flight, until it is cancelled', () => {
    const life = pair()
    const entry = { side: 'LONG', quantity: '0.01', label: 'dip' }
    const { clientOrderId } = theOne(life.tell(asks('openTranche', entry)), 'OrderIntended')

    const message = `the entry ${clientOrderId} in flight is called dip already: choose another label, or take it away there first`
    expect(theOne(life.tell(asks('openTranche', entry)), 'EntryRefused')).toMatchObject({ code: 'labelTaken', message })
    expect(refusalIn(life.tell(asks('labelTranche', { tranche: 'T1', label: 'dip' })))).toBe('labelTranche labelTaken')
    life.tell(answers(clientOrderId, 'cancelled', { filledQuantity: '0' }))
    expect(typesOf(life.tell(asks('labelTranche', { tranche: 'T1', label: 'dip' })))).toEqual(['TrancheLabelled'])
  })
})
