import { beforeAll, expect, it } from 'vitest'
import { buildBin } from '../../packages/cli/test/run-bin.js'
import { runExample } from '../run-example.js'

beforeAll(buildBin)

it('enters through the interface of the process that keeps the books', async () => {
  const printed = await runExample('local-api/local-api.ts')
  expect(printed).toMatch(/^the entry is accepted\nT1 \(dip\) LONG BTCUSDT 0\.010 @ [^\n]*\n$/)
})
