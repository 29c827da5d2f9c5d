import { expect, it } from 'vitest'
import { runMain, writeFiles } from '../../test/collect.js'
import { EXIT } from '../exit-codes.js'

it('config show says of a symbol that is not in the file that it has the defaults', async () => {
  const { config = '' } = await writeFiles({ config: '{ "symbols": { "BTCUSDT": { "tpPercent": 7 } } }' })
  const mistyped = await runMain(['config', 'show', config, '--symbol', 'BTCUSD'])
  expect(mistyped).toMatchObject({
    exitCode: EXIT.fine,
    stderr: 'warning: BTCUSD is not among the symbols of the file: these are the defaults; did you mean BTCUSDT?\n',
  })
  expect((await runMain(['config', 'show', config, '--symbol', 'BTCUSDT'])).stderr).toBe('')
})
