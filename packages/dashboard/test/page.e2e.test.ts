import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDashboard, recordedSource, storeBooks } from '../src/index.js'
import { BROWSER_PATH, expectCount, goTo, expectText, openPage, type OpenPage } from './open-browser.js'
import { withBuiltPage } from './built-page.js'
import { longLog } from './long-log.js'
import { PageStage } from './page-stage.js'
import { BTC } from './stage.js'

const built = withBuiltPage()
let stage: PageStage
let opened: OpenPage

const seen = async (selector: string): Promise<string> => opened.page.locator(selector).first().innerText()

describe.skipIf(BROWSER_PATH === null)('the page', () => {
  beforeEach(async () => {
    stage = await PageStage.open(built().directory, { trancheIsolationThreshold: '5', slPercent: '12' })
    await stage.trade()
    opened = await stage.look(built().browser)
    await opened.page.waitForSelector('.ladder-column')
  })

  afterEach(async () => {
    await opened.context.close()
    await stage.close()
  })

  it('says whose money it is, that all is well and all is protected, and asks nobody else', async () => {
    expect(await seen('.badge')).toBe('SIM')
    expect(await seen('.pill')).toContain('live')
    expect(await seen('.shield')).toContain('protected')
    expect(opened.complaints).toEqual([])
  })

  it('draws every open tranche: one isolated, one with its stop at entry, one fresh', async () => {
    const columns = opened.page.locator('.ladder-column')
    const ids = (await columns.all()).map((one) => one.getAttribute('data-tranche'))
    expect(await Promise.all(ids)).toEqual(['T1', 'T2', 'T3'])
    expect(await columns.nth(0).getAttribute('aria-label')).toContain('isolated')
    expect(await columns.nth(1).getAttribute('aria-label')).toMatch(/0\.060\/0\.100.*TP1 48 925 for 40 %, hit/)
    expect(await opened.page.locator('.tranches tr.row').count()).toBe(3)
  })

  it('shows what happens as it happens, without being loaded again', async () => {
    await stage.stage.move('49100')
    await expectText(opened, '.strip', '49 100')
    await stage.stage.enter('0.02', 'late')
    await expectText(opened, '.tranches tr.row', 'late')
    await expectText(opened, '.timeline', /T4 \(late\) LONG 0\.020 .* opened/)
    expect(opened.complaints).toEqual([])
  })

  it('points at one tranche everywhere', async () => {
    await opened.page.hover('.tranches tr.row[data-tranche=T2]')
    await expectCount(opened, '.ladder-column.is-chosen[data-tranche=T2]', 1)
    await opened.page.focus('.ladder-column[data-tranche=T3]')
    await expectCount(opened, '.tranches tr.row.is-chosen[data-tranche=T3]', 1)
  })

  it('tells why, in a row that opens', async () => {
    await opened.page.click('.tranches tr.row[data-tranche=T2] .unfold')
    await expectText(opened, '.story', 'stop 41 800.0 → 47 500.0')
    await expectText(opened, '.opened-tranche', 'its own order')
    expect(await opened.page.locator('.opened-tranche table').count()).toBe(2)
  })

  it('goes back in time with the arrow keys, says so, and comes back', async () => {
    const newest = Number((await seen('.time-slider .figure')).split(' / ')[1])
    await opened.page.keyboard.press('ArrowLeft')
    await expectText(opened, '.banner.past', `after event ${newest - 1} of ${newest}`)
    expect(opened.page.url()).toContain(`?at=${newest - 1}`)
    await goTo(opened, '#/books/main/BTCUSDT?at=9')
    await expectText(opened, '.banner.past', 'after event 9 of')
    await expectCount(opened, '.ladder-column', 1)
    await opened.page.keyboard.press('Escape')
    await expectCount(opened, '.ladder-column', 3)
    expect(await opened.page.locator('.banner.past').count()).toBe(0)
  })

  it('takes every room along into the past', async () => {
    await goTo(opened, '#/books/main/BTCUSDT/orders?at=9')
    await expectText(opened, '.banner.past', 'after event 9 of')
    await expectCount(opened, 'table.orders tr.row', 1)
    await goTo(opened, '#/books/main/BTCUSDT/reconciliation?at=9')
    await expectText(opened, '.panel', 'Known now only')
    await expectText(opened, '.panel', '0.050')
    await goTo(opened, '#/books/main/BTCUSDT/analytics?at=9')
    await expectText(opened, '.panel tfoot', /^all\s*1/)
    await opened.page.keyboard.press('Escape')
    await expectText(opened, '.panel tfoot', /^all\s*3/)
    await goTo(opened, '#/books/main/BTCUSDT/settings?at=9')
    await expectText(opened, '.settings-aside', 'settings as they were')
    expect(opened.complaints).toEqual([])
  })

  it('keeps the past still while the present goes on', async () => {
    await goTo(opened, '#/books/main/BTCUSDT?at=9')
    await expectText(opened, '.banner.past', 'after event 9 of')
    const before = await seen('.strip')
    await stage.stage.enter('0.02', 'late')
    await expectText(opened, '.banner.past', /of [89]\d|of 1\d\d/)
    expect(await seen('.strip')).toBe(before)
  })

  it('changes the book with j and k, and finds one by its name', async () => {
    await opened.page.keyboard.press('j')
    await expectText(opened, '.book-head h1', 'ETHUSDT')
    await opened.page.keyboard.press('k')
    await expectText(opened, '.book-head h1', 'BTCUSDT')
    await opened.page.keyboard.press('/')
    await opened.page.keyboard.type('eth')
    await expectCount(opened, '.book-link', 1)
  })

  it('gives everything away as files', async () => {
    await opened.page.click('.menu summary')
    const links = await opened.page.locator('.menu a').all()
    const answers = await Promise.all(
      links.map(async (link) =>
        opened.page.request.get(new URL((await link.getAttribute('href')) ?? '', opened.page.url()).href),
      ),
    )
    expect(answers.map((answer) => answer.status())).toEqual(answers.map(() => 200))
    expect(answers).toHaveLength(10)
    expect(await answers[0]?.text()).toContain('breakout')
  })
})

describe.skipIf(BROWSER_PATH === null)('a page of a long log', () => {
  it('tells what had happened at any event, however far back, and goes on from there', async () => {
    const events = longLog(600)
    const store = await storeBooks([{ book: BTC, events }])
    const dashboard = await openDashboard({
      source: recordedSource({ store, title: 'long' }),
      pageDirectory: fileURLToPath(built().directory),
    })
    opened = await openPage(built().browser, dashboard.url)
    const versions = async (): Promise<readonly number[]> =>
      (await opened.page.locator('.timeline .version').allInnerTexts()).map((text) => Number(text.split('–')[0]))
    for (const version of [30, 400]) {
      await goTo(opened, `#/books/main/BTCUSDT?at=${version}`)
      await expectText(opened, '.banner.past', `after event ${version} of`)
      await expect.poll(async () => Math.max(...(await versions())), { timeout: 20_000 }).toBeGreaterThan(version - 15)
      expect(Math.max(...(await versions()))).toBeLessThanOrEqual(version)
    }
    await goTo(opened, '#/books/main/BTCUSDT/timeline?at=400')
    await expectText(opened, '.timeline .is-here', '400')
    const first = Math.min(...(await versions()))
    await opened.page.click('text="Older events"')
    await expect.poll(async () => Math.min(...(await versions())), { timeout: 20_000 }).toBeLessThan(first)
    expect(opened.complaints).toEqual([])
    await opened.context.close()
    await dashboard.close()
    await store.close()
  })
})

describe.skipIf(BROWSER_PATH === null)('a page without anything to show', () => {
  it('says so, and what to do', async () => {
    const store = await storeBooks([])
    const source = recordedSource({ store, title: 'nothing' })
    const dashboard = await openDashboard({ source, pageDirectory: fileURLToPath(built().directory) })
    opened = await openPage(built().browser, dashboard.url)
    await expectText(opened, '.empty', 'This recording holds no event')
    await expectText(opened, '.rail', 'one opens with its first')
    expect(opened.complaints).toEqual([])
    await opened.context.close()
    await dashboard.close()
    await store.close()
  })
})
