import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CommandFailure } from '../command-failure.js'
import { claimDirectory, type DemoIdentity } from './claim-directory.js'

const HEDGED: DemoIdentity = { dialect: 'binance', market: 'seed 1', positionMode: 'HEDGE' }
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tranchebook-claim-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

describe('claimDirectory', () => {
  it('lets the same demo come back', async () => {
    const directory = join(folder, 'new')
    await claimDirectory(directory, HEDGED)
    await expect(claimDirectory(directory, HEDGED)).resolves.toBeUndefined()
  })

  it('takes a directory that names no mode for a hedged one', async () => {
    writeFileSync(join(folder, 'demo.json'), '{"dialect":"binance","market":"seed 1"}')
    await expect(claimDirectory(folder, HEDGED)).resolves.toBeUndefined()
    await expect(claimDirectory(folder, { ...HEDGED, positionMode: 'ONE_WAY' })).rejects.toThrow(CommandFailure)
  })

  it.each([{ dialect: 'aster' }, { market: 'seed 2' }, { positionMode: 'ONE_WAY' }] as const)(
    'refuses it to another demo: %j',
    async (other) => {
      await claimDirectory(folder, HEDGED)
      await expect(claimDirectory(folder, { ...HEDGED, ...other })).rejects.toThrow(/belongs to another demo/)
    },
  )

  it('refuses one whose mark cannot be read', async () => {
    writeFileSync(join(folder, 'demo.json'), 'torn')
    await expect(claimDirectory(folder, HEDGED)).rejects.toThrow(/belongs to another demo/)
  })
})
