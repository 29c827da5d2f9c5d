import type { CodeMeaning } from './verdict.js'

/** What an HTTP answer looks like to the table: status, body text, and the venue's code where the body has one. */
export interface Answer {
  readonly status: number
  readonly text: string
  readonly code: number | null
}

/** One row: the first that fits decides. */
export interface OutcomeRow {
  readonly name: string
  readonly fits: (answer: Answer) => boolean
  readonly meaning: CodeMeaning
}

const unknown: CodeMeaning = { outcome: 'unknown', reason: 'other', isPermanent: false }
const refused = (reason: CodeMeaning['reason'], isPermanent = false): CodeMeaning => ({
  outcome: 'refused',
  reason,
  isPermanent,
})
const says = (text: string, words: string): boolean => text.toLowerCase().includes(words)
const is = (text: string, words: string): boolean => text.trim().toLowerCase().replace(/\.$/, '') === words
const among = (status: number, statuses: readonly number[]): boolean => statuses.includes(status)

/** Rows that come before the venue's code: the status alone decides. */
export const STATUS_FIRST: readonly OutcomeRow[] = [
  { name: 'too many requests', fits: ({ status }) => among(status, [418, 429]), meaning: refused('rate-limit') },
]

/** On venues of the older kind, any 503 leaves the outcome open, whatever its body says. */
export const ANY_503_IS_UNKNOWN: OutcomeRow = {
  name: 'any 503',
  fits: ({ status }) => status === 503,
  meaning: unknown,
}

/** Rows for answers whose body has no code we know. */
export const STATUS_LAST: readonly OutcomeRow[] = [
  {
    name: '503 unknown error',
    fits: ({ status, text }) =>
      status === 503 && says(text, 'unknown error, please check your request or try again later'),
    meaning: unknown,
  },
  {
    name: '503 service unavailable',
    // Only the venue's own words: a page of somebody in between that says so too leaves the outcome open.
    fits: ({ status, text }) => status === 503 && is(text, 'service unavailable'),
    meaning: refused('overloaded'),
  },
  {
    name: '503 internal error',
    fits: ({ status, text }) => status === 503 && says(text, 'internal error; unable to process your request'),
    meaning: { ...refused('overloaded'), isDoubtful: true },
  },
  { name: 'request timeout', fits: ({ status }) => status === 408, meaning: unknown },
  { name: 'firewall', fits: ({ status }) => status === 403, meaning: refused('rate-limit') },
  { name: 'not allowed from here', fits: ({ status }) => status === 451, meaning: refused('credentials', true) },
  { name: 'no valid key', fits: ({ status }) => status === 401, meaning: refused('credentials', true) },
  { name: 'no such address', fits: ({ status }) => among(status, [404, 405]), meaning: refused('invalid', true) },
  {
    name: 'refused with a code we do not know',
    fits: ({ status, code }) => status >= 400 && status < 500 && code !== null,
    meaning: refused('other', true),
  },
  {
    name: 'error inside an answer',
    fits: ({ status, code }) => status < 400 && code !== null,
    meaning: refused('other', true),
  },
  { name: 'anything else', fits: () => true, meaning: unknown },
]
