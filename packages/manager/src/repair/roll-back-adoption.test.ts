import { parseConfig, parseInput, runInputs, type TrancheBook } from '@tranchebook/core'
import { expect, it } from 'vitest'
import { rollBackCommands } from './roll-back-adoption.js'

/** T1 «T2», T2 «twin» LONG and T3 «twin» SHORT. */
function namesakes(): TrancheBook {
  const fill = { type: 'fill', time: 1000, symbol: 'BTCUSDT', quantity: '1', price: '100' }
  const lines = [
    { ...fill, side: 'BUY', positionSide: 'LONG', tradeId: '1', tranche: 'T2' },
    { ...fill, side: 'BUY', positionSide: 'LONG', tradeId: '2', tranche: 'twin' },
    { ...fill, side: 'SELL', positionSide: 'SHORT', tradeId: '3', tranche: 'twin' },
  ]
  const inputs = lines.map((line, sequence) => parseInput(line, { account: 'main', positionMode: 'HEDGE', sequence }))
  const [ran] = runInputs(inputs, {
    config: parseConfig({}),
    positionMode: 'HEDGE',
    instruments: new Map(),
    closingRules: new Map(),
    sending: 'trade',
  }).books
  if (ran === undefined) throw new RangeError('expected a book')
  return ran.book
}

it.each([
  [['T2'], ['T2']],
  [
    ['T2', 'T2', 'T3'],
    ['T2', 'T3'],
  ],
  [['twin'], []],
  [['none'], []],
])('of %j gives up %j: an id comes before a label, and a name that several have is none', (tranches, given) => {
  const commands = rollBackCommands(namesakes(), 2000, { tranches })
  expect(commands.flatMap((input) => ('tranche' in input ? [input.tranche] : []))).toEqual(given)
})
