import { fileURLToPath } from 'node:url'
import { type BookRun, parseConfig, parseInput, runBook, setupFor, streamOf } from '@tranchebook/core'
import { recordEvents } from '@tranchebook/store'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Dashboard, openDashboard, recordedSource, storeBooks } from '../src/index.js'
import { withBuiltPage } from './built-page.js'
import { BROWSER_PATH, openPage } from './open-browser.js'
import { BOOKS, linesOf, START, symbols } from './hundred-books.js'

const ROUNDS = 12
const LOADS = 3
const CONFIG = parseConfig({ defaults: { maxTranches: 20, markSampleMs: 1000 } })

/** Waits in the page until a text is there, and answers when that was. */
const seenAt = (text: string): string => `new Promise((resolve) => {
  const look = () => document.querySelector('.tranches')?.textContent.includes(${JSON.stringify(text)})
  const observer = new MutationObserver(() => {
    if (!look()) return
    observer.disconnect()
    resolve(Date.now())
  })
  observer.observe(document.body, { childList: true, subtree: true, characterData: true })
})`

const take = (run: BookRun, line: unknown, sequence: number): ReturnType<BookRun['take']> =>
  run.take(parseInput(line, { account: 'main', positionMode: 'HEDGE', sequence }))

function play(symbol: string): { readonly run: BookRun; readonly events: ReturnType<BookRun['take']>['events'] } {
  const run = runBook({ account: 'main', symbol, positionMode: 'HEDGE' }, setupFor(CONFIG, symbol))
  return { run, events: linesOf(symbol).flatMap((line, sequence) => take(run, line, sequence).events) }
}

const built = withBuiltPage()
let dashboard: Dashboard

afterAll(async () => {
  if (BROWSER_PATH === null) return
  await dashboard.close()
})

describe.skipIf(BROWSER_PATH === null)('a page of a hundred books of ten tranches', () => {
  const played = symbols.map(play)
  let store: Awaited<ReturnType<typeof storeBooks>>

  beforeAll(async () => {
    store = await storeBooks(played.map(({ run, events }) => ({ book: run.book, events })))
    const source = recordedSource({ store, title: 'hundred', config: CONFIG })
    dashboard = await openDashboard({ source, pageDirectory: fileURLToPath(built().directory) })
  })

  it('is painted within a second', async () => {
    const paints: number[] = []
    for (let round = 1; round <= LOADS; round += 1) {
      const { page, context } = await openPage(built().browser, dashboard.createLink())
      await page.waitForSelector('.ladder-column')
      expect(await page.locator('.book-link').count()).toBe(BOOKS)
      paints.push(await page.evaluate<number>("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
      await context.close()
    }
    console.info(`first paint ${paints.map((paint) => paint.toFixed(0)).join(', ')} ms`)
    expect(Math.min(...paints)).toBeLessThan(1000)
  })

  it('shows an event within a tenth of a second', async () => {
    const { page, complaints } = await openPage(built().browser, dashboard.createLink())
    await page.waitForSelector('.ladder-column')
    const symbol = await page.locator('.book-head h1').innerText()
    const { run } = played[symbols.indexOf(symbol)]!
    const delays: number[] = []
    for (let round = 1; round <= ROUNDS; round += 1) {
      const label = `mark ${round}`
      const seen = page.evaluate<number>(seenAt(label))
      await page.evaluate('1')
      const after = run.book.version
      const time = START + 60_000 + round * 1000
      const line = { type: 'command', time, symbol, command: 'labelTranche', tranche: 'T3', label }
      const { events } = take(run, line, 1000 + round)
      const began = Date.now()
      await store.append(streamOf(run.book), recordEvents(events, after), { expected: after })
      delays.push((await seen) - began)
    }
    console.info(`event to page ${delays.join(', ')} ms`)
    expect(Math.min(...delays)).toBeLessThan(100)
    expect(complaints).toEqual([])
  })
})
