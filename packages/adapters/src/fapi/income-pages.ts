import type { FundingRequest } from '../venue/snapshots.js'
import type { Collected, HistoryBounds } from './trade-pages.js'
import type { IncomeRow } from './wire/income-row.js'

/** How a venue pages its income, oldest first within a page. */
export interface IncomePages {
  span(startTime: number, endTime: number): Promise<readonly IncomeRow[]>
  readonly size: number
}

/** Rows are booked some time after their time: asking again from before the newest known one finds late ones. */
const OVERLAP_MS = 60_000
const DEFAULT_SPAN_MS = 7 * 86_400_000
const MOST_PAGES = 500

/** Income from a time on, and up to one, page by page, overlapping what is known. Ids cannot be asked for; they only tell rows apart. */
export async function collectIncome(
  pages: IncomePages,
  request: Pick<FundingRequest, 'since' | 'until'>,
  { now, historyMs, windowMs }: HistoryBounds,
): Promise<Collected<IncomeRow>> {
  const wanted = (request.since ?? now - DEFAULT_SPAN_MS) - OVERLAP_MS
  const oldest = now - historyMs
  const last = Math.min(request.until ?? now, now)
  const rows = new Map<string, IncomeRow>()
  let start = Math.max(wanted, oldest)
  for (let page = 0; page < MOST_PAGES && start <= last; page += 1) {
    const end = Math.min(start + windowMs - 1, last)
    const found = await pages.span(start, end)
    for (const row of found) rows.set(`${row.incomeType} ${row.tranId}`, row)
    const lastTime = Math.max(...found.map((row) => row.time), start)
    start = found.length < pages.size ? end + 1 : Math.max(lastTime, start + 1)
  }
  return {
    rows: [...rows.values()].sort((left, right) => left.time - right.time),
    isComplete: wanted >= oldest && start > last,
  }
}
