import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { describe, expect, it } from 'vitest'
import { HOME_OF_RUN, sharedHome } from './shared-home.js'

const SERVER = fileURLToPath(new URL('serve-postgres.ts', import.meta.url))

/** Folders that tests made. */
const homesIn = (place: string): readonly string[] => readdirSync(place).filter((name) => name.startsWith('tranche-'))

async function firstLine(output: Readable): Promise<string> {
  for await (const line of createInterface({ input: output })) return line
  return 'none'
}

describe('servers of tests', () => {
  it('a process that is killed leaves neither its server nor its files behind', async ({ skip }) => {
    const place = mkdtempSync(join(sharedHome(), 'killed-'))
    chmodSync(place, 0o755)
    const child = spawn(process.execPath, ['--conditions=@tranchebook/source', '--import', 'tsx', SERVER], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, [HOME_OF_RUN]: undefined, TMPDIR: place },
    })
    const connectionString = await firstLine(child.stdout)
    if (connectionString === 'none') skip('no server can be had')
    expect(homesIn(place)).toHaveLength(1)
    // What outlives the process writes to the same pipe: it closes when all of it has ended.
    child.stderr.resume()
    const allEnded = once(child.stderr, 'close')
    child.kill('SIGKILL')
    await allEnded
    expect(homesIn(place)).toEqual([])
    await expect(new Client({ connectionString }).connect()).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })
})
