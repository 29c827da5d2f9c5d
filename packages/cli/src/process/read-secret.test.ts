import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { inspect } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { readSecret } from './read-secret.js'

const folder = mkdtempSync(join(tmpdir(), 'tranchebook-secret-'))
const NAME = 'TRANCHEBOOK_TEST_SECRET'

afterAll(() => {
  rmSync(folder, { recursive: true })
  Reflect.deleteProperty(process.env, NAME)
})

function secretFile(text: string, mode: number): string {
  const file = join(folder, `${mode}-${text.length}`)
  writeFileSync(file, text)
  chmodSync(file, mode)
  return file
}

describe('a secret', () => {
  it('comes from the environment', async () => {
    process.env[NAME] = ' canary \n'
    const secret = await readSecret('API key', { env: NAME })
    expect([secret.reveal(), inspect(secret), secret.toString()]).toEqual(['canary', '[secret]', '[secret]'])
  })

  it('comes from a file of its owner', async () => {
    expect((await readSecret('API key', { file: secretFile('canary\n', 0o600) })).reveal()).toBe('canary')
  })

  it.each([
    [{ env: 'TRANCHEBOOK_TEST_NOTHING' }, 'the variable TRANCHEBOOK_TEST_NOTHING; it is not set'],
    [{ file: join(folder, 'none') }, 'no such file'],
    [{ file: secretFile(' ', 0o600) }, 'the file is empty'],
  ])('%j is missed', async (place, words) => {
    await expect(readSecret('API key', place)).rejects.toMatchObject({
      lines: { what: 'no API key', expected: expect.stringContaining(words) as string },
    })
  })

  it.skipIf(process.platform === 'win32')('is not taken from a file that others may read', async () => {
    const reading = readSecret('API key', { file: secretFile('canary', 0o644) })
    await expect(reading).rejects.toMatchObject({
      lines: { what: expect.stringContaining('others may read') as string },
    })
    await expect(reading).rejects.not.toMatchObject({
      lines: { expected: expect.stringContaining('canary') as string },
    })
  })
})
