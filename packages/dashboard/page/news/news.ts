import type { RecordedMessage } from '../../src/api/index.js'

/** After a break in the stream older events come; they stand in the timeline. */
const FRESH_MS = 30_000
const MOST = 4

/** Something that a trader wants to hear of at once, in whichever book it happened. */
export type News = Pick<RecordedMessage, 'account' | 'symbol' | 'version' | 'sentence' | 'position'>

const NEWS: ReadonlySet<RecordedMessage['type']> = new Set<RecordedMessage['type']>([
  'TrancheOpened',
  'TrancheIsolated',
  'TrancheClosed',
  'TrancheLiquidated',
  'TakeProfitReached',
  'EntryRefused',
  'OrderRefused',
  'DriftDetected',
  'ConflictDetected',
])

/** What an event tells at once; `null` = nothing. `now` is the venue's time, epoch ms. */
export function newsOf(message: RecordedMessage, now: number): News | null {
  const { type, time, account, symbol, version, sentence, position } = message
  return NEWS.has(type) && now - time <= FRESH_MS ? { account, symbol, version, sentence, position } : null
}

/** The newest last; what is said again takes the place of what was said. */
export function withNews(told: readonly News[], news: News): readonly News[] {
  const others = told.filter(({ symbol, sentence }) => symbol !== news.symbol || sentence !== news.sentence)
  return [...others, news].slice(-MOST)
}
