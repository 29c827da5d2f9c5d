import assert from 'node:assert/strict'
import { inspect } from 'node:util'
import type { Overhear } from './watch-calls.js'

/** Looks for secrets in whatever it hears. */
export interface SecretWatch {
  readonly hear: Overhear
  /** @throws {AssertionError} which calls have said a secret */
  readonly assertSilence: () => void
}

/** As deep and as long as it goes. */
export function printWhole(value: unknown): string {
  return inspect(value, { depth: 20, showHidden: true, maxArrayLength: null, maxStringLength: null })
}

/** Looks for any of the secrets, as text, in everything that is heard. */
export function watchSecrets(secrets: readonly string[]): SecretWatch {
  const leaks = new Set<string>()
  return {
    hear: (what, value) => {
      const text = printWhole(value)
      if (secrets.some((secret) => text.includes(secret))) leaks.add(what)
    },
    assertSilence: () => {
      assert.deepEqual([...leaks], [], 'a key of the account showed up')
    },
  }
}
