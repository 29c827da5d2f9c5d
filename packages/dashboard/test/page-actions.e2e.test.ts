import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { BROWSER_PATH, openBrowser, type OpenPage, expectCount } from './open-browser.js'
import { buildIntoTemporary, PageStage, removeBuilt } from './page-stage.js'
import { BTC } from './stage.js'

let browser: Browser
let directory: URL
let stage: PageStage
let opened: OpenPage

const expectText = async (selector: string, text: string | RegExp): Promise<void> => {
  await opened.page.locator(selector).filter({ hasText: text }).first().waitFor()
}

const openTranches = (): readonly string[] =>
  stage.stage.manager.getTranches(BTC.symbol, 'LONG').map(({ id, label }) => label ?? id)

/** Presses until what is held is done; time at the venue goes on meanwhile. */
const expectInTime = async (selector: string, text: string | RegExp): Promise<void> => {
  const waiting = expectText(selector, text)
  await stage.stage.whileTimePasses(waiting)
}

beforeAll(async () => {
  if (BROWSER_PATH === null) return
  ;[browser, directory] = await Promise.all([openBrowser(), buildIntoTemporary()])
})

afterAll(async () => {
  if (BROWSER_PATH === null) return
  await browser.close()
  await removeBuilt(directory)
})

describe.skipIf(BROWSER_PATH === null)('actions of the page', () => {
  beforeEach(async () => {
    stage = await PageStage.open(directory, { trancheIsolationThreshold: '5', slPercent: '12' })
    await stage.trade()
    opened = await stage.look(browser)
    await opened.page.waitForSelector('.ladder-column')
  })

  afterEach(async () => {
    await opened.context.close()
    await stage.close()
  })

  it('label a tranche once it was confirmed', async () => {
    const { page } = opened
    await page.click('.tranches tr.row[data-tranche=T3] .unfold')
    await page.fill('[aria-label="Label of T3"]', 'runner')
    await page.click('text="Label"')
    await expectText('dialog', 'T3')
    expect(openTranches()).not.toContain('runner')
    await page.click('dialog >> text=Confirm')
    await expectInTime('.results', 'done')
    expect(openTranches()).toContain('runner')
  })

  it('close a part of a tranche, or say why not', async () => {
    const { page } = opened
    await page.click('.tranches tr.row[data-tranche=T3] .unfold')
    await page.fill('[aria-label^="Quantity of T3"]', '0.02')
    await page.click('text="Close T3"')
    await expectText('dialog', /0\.020? .*T3/)
    await page.click('dialog >> text=Confirm')
    await expectInTime('.results', 'done')
    await stage.stage.pass(3000)
    await expectText('.tranches tr.row[data-tranche=T3]', '0.050 / 0.070')
  })

  it('do nothing when they are cancelled', async () => {
    const { page } = opened
    await page.click('.book-head >> text=Pause')
    await expectText('dialog', 'Pause BTCUSDT')
    await page.click('dialog >> text=Cancel')
    await page.locator('dialog').waitFor({ state: 'detached' })
    expect(await page.locator('.banner.notice').count()).toBe(0)
  })

  it('pause entries, and say so until they are resumed', async () => {
    const { page } = opened
    await page.click('.book-head >> text=Pause')
    await page.click('dialog >> text=Confirm')
    await expectInTime('.banner.notice', 'Entries are off')
    await page.click('dialog >> text=Close')
    await page.click('.book-head >> text=Resume')
    await page.click('dialog >> text=Confirm')
    await expectInTime('.results', 'done')
    await expectCount(opened, '.banner.notice', 0)
  })

  it('close everything by the kill switch, which must be held and says what it sends', async () => {
    const { page } = opened
    await page.click('.switches >> text=Kill switch')
    await expectText('.orders-expected', 'SELL 0.050')
    await page.click('dialog >> text=Hold to confirm')
    await expectText('dialog', 'Hold to confirm')
    expect(openTranches()).toHaveLength(3)

    await page.hover('dialog .hold')
    await page.mouse.down()
    await expectInTime('.results', 'BTCUSDT done')
    await page.mouse.up()
    await stage.stage.pass(3000)
    expect(openTranches()).toEqual([])
    await expectText('.panel', 'Nothing is open')
  })

  it('can be held with the keyboard alone', async () => {
    const { page } = opened
    await page.click('.book-head >> text=Close all')
    await page.locator('dialog .hold').focus()
    await page.keyboard.down('Enter')
    await expectInTime('.results', 'BTCUSDT done')
    await page.keyboard.up('Enter')
  })

  it('save settings, shown as differences before', async () => {
    const { page } = opened
    await page.click('.tabs >> text=Settings')
    await page.fill('#slPercent', '3')
    await page.fill('#maxTranches', '4')
    await expectText('.settings-aside .differences', /slPercent\s*12 → 3/)
    await expectText('.settings-aside .ladder', 'stop −3 %')
    await page.click('text="Save …"')
    await expectText('dialog .differences', 'maxTranches')
    await page.click('dialog >> text=Confirm')
    await expectInTime('.results', 'done')
    await page.click('dialog >> text=Close')
    await page.click('.tabs >> text=Timeline')
    await expectText('.timeline', /slPercent/)
  })

  it('are refused with a reason where the server refuses', async () => {
    const { page } = opened
    await page.click('.tabs >> text=Settings')
    await page.fill('#slPercent', '-4')
    await page.click('text="Save …"')
    await expectText('dialog [role=alert]', 'slPercent')
    expect(await page.locator('dialog >> text=Confirm').count()).toBe(0)
  })
})
