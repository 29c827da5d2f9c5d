import type { Secret } from './secret.js'

const HIDDEN = '[secret]'
/** Longer than any id that people may want to read, shorter than any key. */
const SHORTEST_SECRET = 6
const NAMED = /\b(signature|listenKey|apiKey)(["']?\s*[=:]\s*["']?)[^&"'\s,}]+/gi

/** Takes secrets out of a text before anybody sees it. */
export type Scrubber = (text: string) => string

/** Ways to write the same secret. */
function spellingsOf(secret: Secret): readonly string[] {
  const value = secret.reveal()
  const bare = value.replace(/^0x/, '')
  return [...new Set([value, bare, bare.toLowerCase(), bare.toUpperCase(), encodeURIComponent(value)])]
}

/** Hides the given secrets wherever they occur, and nothing else: for answers that are still to be read. */
export function createSecretScrubber(secrets: readonly Secret[]): Scrubber {
  const values = secrets.flatMap(spellingsOf).filter((value) => value.length >= SHORTEST_SECRET)
  return (text) =>
    values.reduce((shown, value) => (shown.includes(value) ? shown.replaceAll(value, HIDDEN) : shown), text)
}

/** Hides the given secrets, and whatever stands beside `signature`, `listenKey` or `apiKey`: for people and logs. */
export function createScrubber(secrets: readonly Secret[]): Scrubber {
  const hide = createSecretScrubber(secrets)
  return (text) => hide(text.replaceAll(NAMED, `$1$2${HIDDEN}`))
}
