import axe from 'axe-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BOOK_ROOMS, formatRoute, type Route } from '../page/state/route.js'
import { BROWSER_PATH, expectCount, goTo, type OpenPage } from './open-browser.js'
import { withBuiltPage } from './built-page.js'
import { PageStage } from './page-stage.js'
import { BTC } from './stage.js'

const ROUTES: readonly Route[] = [
  { type: 'health' },
  ...BOOK_ROOMS.map((room): Route => ({ type: 'book', place: BTC, room, version: null })),
  { type: 'book', place: BTC, room: 'book', version: 30 },
]
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']
const FOCUSED = `(() => {
  const one = document.activeElement
  if (one === null || one === document.body) return null
  const { outlineStyle, stroke } = getComputedStyle(one.querySelector('.ladder-slot') ?? one)
  return { html: one.outerHTML.slice(0, 120), isSeen: outlineStyle !== 'none' || stroke !== 'none' }
})()`
/** Figures that stick out of their place, where there are many books and large sums. */
const CUT = `(() => {
  const link = document.querySelector('.book-link')
  link.querySelector('.figure').textContent = '−1 212 955.00'
  for (let copies = 0; copies < 5; copies += 1) link.after(link.cloneNode(true))
  return [...document.querySelectorAll('.book-link, .strip > div')]
    .filter((one) => one.scrollWidth > one.clientWidth + 1)
    .map((one) => one.textContent)
})()`
const OPENED_WIDTH = `document.querySelector('.opened-tranche').getBoundingClientRect().right`
const TERMS_WIDTH = `Math.max(...[...document.querySelectorAll('.orders tr.row > td:nth-child(4)')].map((one) => one.getBoundingClientRect().right))`
const PHONE_WIDTH = 360
const TABS = 60

const built = withBuiltPage()
let stage: PageStage

/** Goes to a place of the page, and waits until all of it was read. */
const visit = async (opened: OpenPage, route: Route): Promise<void> => {
  await goTo(opened, formatRoute(route))
  await expectCount(opened, '.waiting', 0)
}

beforeAll(async () => {
  if (BROWSER_PATH === null) return
  stage = await PageStage.open(built().directory, { trancheIsolationThreshold: '5', slPercent: '12' })
  await stage.trade()
})

afterAll(async () => {
  if (BROWSER_PATH === null) return
  await stage.close()
})

describe.skipIf(BROWSER_PATH === null)('every room', () => {
  it.each(['dark', 'light'] as const)('can be used by everybody, %s', async (scheme) => {
    const opened = await stage.look(built().browser, { scheme })
    const found: string[] = []
    await opened.page.evaluate(axe.source)
    for (const route of ROUTES) {
      await visit(opened, route)
      const run = `axe.run({ runOnly: ${JSON.stringify(STANDARDS)} })`
      const { violations } = await opened.page.evaluate<axe.AxeResults>(run)
      for (const { id, nodes } of violations) {
        found.push(`${formatRoute(route)} ${id}: ${nodes.map(({ html }) => html).join(' ')}`)
      }
    }
    await opened.context.close()
    expect(found).toEqual([])
  })

  it('fits a phone: nothing is cut at the side', async () => {
    const opened = await stage.look(built().browser, { width: PHONE_WIDTH, height: 740, scheme: 'light' })
    const widths: Record<string, unknown> = {}
    for (const route of ROUTES) {
      await visit(opened, route)
      widths[formatRoute(route)] = await opened.page.evaluate('document.documentElement.scrollWidth')
    }
    await visit(opened, { type: 'book', place: BTC, room: 'book', version: null })
    expect(await opened.page.evaluate(CUT)).toEqual([])
    await opened.page.click('.unfold')
    await opened.page.waitForSelector('.opened-tranche .orders')
    widths['an opened row'] = await opened.page.evaluate(OPENED_WIDTH)
    await visit(opened, { type: 'book', place: BTC, room: 'orders', version: null })
    await opened.page.waitForSelector('.orders tr.row')
    widths['what orders ask for'] = await opened.page.evaluate(TERMS_WIDTH)
    await opened.context.close()
    expect(Object.entries(widths).filter(([, width]) => Number(width) > PHONE_WIDTH)).toEqual([])
    expect(opened.complaints).toEqual([])
  })

  it('is drawn as before once it was hidden', async () => {
    const opened = await stage.look(built().browser)
    await visit(opened, { type: 'book', place: BTC, room: 'settings', version: null })
    await opened.page.waitForSelector('.settings-aside .ladder-column')
    const widthOf = async (): Promise<unknown> =>
      opened.page.evaluate("document.querySelector('.settings-aside svg').getAttribute('width')")
    const before = await widthOf()
    for (const display of ['none', 'block']) {
      await opened.page.evaluate(`document.querySelector('main').style.display = '${display}'`)
      await opened.page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
      expect(await widthOf()).toBe(before)
    }
    await opened.context.close()
    expect(opened.complaints).toEqual([])
  })

  it('shows where the keyboard is', async () => {
    const opened = await stage.look(built().browser)
    await opened.page.waitForSelector('.ladder-column')
    const unseen: unknown[] = []
    for (let step = 0; step < TABS; step += 1) {
      await opened.page.keyboard.press('Tab')
      const focused = await opened.page.evaluate<{ readonly isSeen: boolean } | null>(FOCUSED)
      if (focused?.isSeen === false) unseen.push(focused)
    }
    await opened.context.close()
    expect(unseen).toEqual([])
  })
})
