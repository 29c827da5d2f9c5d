import { beforeAll, expect, it } from 'vitest'
import { buildBin } from '../../packages/cli/test/run-bin.js'
import { runExample } from '../run-example.js'

beforeAll(buildBin)

it('protects what a bot bought that knows nothing of it', async () => {
  expect(await runExample('sidecar/sidecar.ts')).toBe(
    'the sidecar watches\nthe foreign bot bought 0.02 BTCUSDT\nat the venue: STOP_MARKET 0.02\n',
  )
})
