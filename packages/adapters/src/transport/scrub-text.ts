import type { Secret } from './secret.js'

const HIDDEN = '[secret]'
/** Longer than any id that people may want to read, shorter than any key. */
const SHORTEST_SECRET = 6
const NAMED = /\b(signature|listenKey|apiKey)(["']?\s*[=:]\s*["']?)[^&"'\s,}]+/gi

/** Takes secrets out of a text before anybody sees it. */
export type Scrubber = (text: string) => string

/** Hides the given secrets wherever they occur, and whatever stands beside `signature`, `listenKey` or `apiKey`. */
export function createScrubber(secrets: readonly Secret[]): Scrubber {
  const values = secrets.map((secret) => secret.reveal()).filter((value) => value.length >= SHORTEST_SECRET)
  return (text) => {
    const named = text.replaceAll(NAMED, `$1$2${HIDDEN}`)
    return values.reduce((shown, value) => shown.replaceAll(value, HIDDEN), named)
  }
}
