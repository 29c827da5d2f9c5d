import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { parsePrice } from '@tranchebook/core'
import { setMark } from '@tranchebook/simulator'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openOwned, type OwnedAccount } from '../../packages/cli/test/owned-account.js'
import { SYMBOL } from '../../packages/cli/test/traded-store.js'

const hasPython = spawnSync('python3', ['--version']).status === 0
if (!hasPython) console.warn('SKIPPED: no python3 here: a bot in another language is not tried')

const run = promisify(execFile)
const script = fileURLToPath(new URL('ask-books.py', import.meta.url))
const directory = mkdtempSync(join(tmpdir(), 'ask-books-'))
let owned: OwnedAccount | null = null
let market: NodeJS.Timeout | undefined

beforeAll(async () => {
  owned = await openOwned(directory)
  const { exchange } = owned.stage
  market = setInterval(() => setMark(exchange, SYMBOL, parsePrice('50900')), 10)
})
afterAll(async () => {
  clearInterval(market)
  await owned?.close()
  rmSync(directory, { recursive: true })
})

it.skipIf(!hasPython)(
  'a bot in Python enters, and is told why where it cannot',
  async () => {
    await expect
      .poll(async () => (await run('python3', [script, directory, SYMBOL, '0.01'])).stdout, { timeout: 30_000 })
      .toBe('Opens a LONG tranche of 0.01 at market in BTCUSDT\naccepted\n')
    const { stdout } = await run('python3', [script, directory, SYMBOL, '1000000'])
    expect(stdout).toMatch(/^Opens a LONG tranche of 1000000 .*\ncannot: /)
  },
  60_000,
)
