import { readFile, stat } from 'node:fs/promises'
import process from 'node:process'
import { Secret } from '@tranchebook/adapters'
import { CommandFailure } from '../command-failure.js'
import type { SecretPlace } from './run-config.js'

const OTHERS = 0o077

function missing(name: string, place: string, came: string): CommandFailure {
  return new CommandFailure({
    what: `no ${name}`,
    expected: `expected it in ${place}; ${came}`,
    advice: 'put it there; secrets are read from the environment or from files that only their owner may read',
  })
}

async function readFileOfOwner(name: string, file: string): Promise<string> {
  const { mode } = await stat(file).catch((error: unknown) => {
    throw missing(name, file, error instanceof Error ? error.message : String(error))
  })
  if (process.platform !== 'win32' && (mode & OTHERS) !== 0) {
    throw new CommandFailure({
      what: `others may read ${file}`,
      expected: `expected a file of ${name} that only its owner may read; its mode is ${(mode & 0o777).toString(8)}`,
      advice: `chmod 600 ${file}, and change the key if somebody may have seen it`,
    })
  }
  return readFile(file, 'utf8')
}

/** Reads a secret; its name is what people call it. @throws {CommandFailure} when it is not there, or others may read it */
export async function readSecret(name: string, place: SecretPlace): Promise<Secret> {
  if ('file' in place) {
    const text = (await readFileOfOwner(name, place.file)).trim()
    if (text === '') throw missing(name, place.file, 'the file is empty')
    return new Secret(text)
  }
  const text = (process.env[place.env] ?? '').trim()
  if (text === '') throw missing(name, `the variable ${place.env}`, 'it is not set')
  return new Secret(text)
}
