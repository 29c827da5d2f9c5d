import { format, inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { createScrubber } from './scrub-text.js'
import { Secret } from './secret.js'

const CANARY = 'canary-5f1c9e7a2b'

describe('a secret', () => {
  it('is shown by no print, log, error or JSON', () => {
    const secret = new Secret(CANARY)
    const shown = [
      String(secret),
      ['joined', secret].join(' '),
      JSON.stringify({ key: secret }),
      inspect({ deep: { secret } }, { depth: 9, showHidden: true }),
      format('%s %o %j', secret, secret, secret),
      new Error('failed', { cause: secret }).stack ?? '',
      JSON.stringify(Object.entries(secret)),
    ].join('\n')
    expect(shown).not.toContain(CANARY)
    expect(secret.reveal()).toBe(CANARY)
  })
})

describe('a scrubber', () => {
  const scrub = createScrubber([new Secret(CANARY), new Secret('')])

  it.each([
    [`key ${CANARY} twice ${CANARY}`, 'key [secret] twice [secret]'],
    ['?a=1&signature=abcdef&b=2', '?a=1&signature=[secret]&b=2'],
    ['{"listenKey":"pqia91ma19a5s61cv6a8"}', '{"listenKey":"[secret]"}'],
    ['listenKey: pqia91ma19a5s61cv6a8', 'listenKey: [secret]'],
    ['nothing to hide', 'nothing to hide'],
  ])('turns %j into %j', (text, expected) => {
    expect(scrub(text)).toBe(expected)
  })
})
