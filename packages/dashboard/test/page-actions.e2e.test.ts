import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BROWSER_PATH, expectCount, expectText, type OpenPage } from './open-browser.js'
import { withBuiltPage } from './built-page.js'
import { PageStage } from './page-stage.js'
import { BTC } from './stage.js'

const built = withBuiltPage()
let stage: PageStage
let opened: OpenPage

const openTranches = (): readonly string[] =>
  stage.stage.manager.getTranches(BTC.symbol, 'LONG').map(({ id, label }) => label ?? id)

/** Presses until what is held is done; time at the venue goes on meanwhile. */
const expectInTime = async (selector: string, text: string | RegExp): Promise<void> => {
  const waiting = expectText(opened, selector, text)
  await stage.stage.whileTimePasses(waiting)
}

describe.skipIf(BROWSER_PATH === null)('actions of the page', () => {
  beforeEach(async () => {
    stage = await PageStage.open(built().directory, {
      trancheIsolationThreshold: '5',
      slPercent: '12',
      driftPolicy: 'ALERT',
    })
    await stage.trade()
    opened = await stage.look(built().browser)
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
    await expectText(opened, 'dialog', 'T3')
    expect(openTranches()).not.toContain('runner')
    await page.click('dialog >> text=Confirm')
    await expectInTime('.results', 'done')
    expect(openTranches()).toContain('runner')
  })

  it('isolate a tranche, which is told as news that lead to the event', async () => {
    const { page } = opened
    await page.click('.tranches tr.row[data-tranche=T3] .unfold')
    await page.click('text="Isolate"')
    await page.click('dialog >> text=Confirm')
    await expectInTime('.results', 'done')
    await page.click('dialog >> text=Close')
    await expectText(opened, '.news', /BTCUSDT T3 was isolated/)
    await page.click('.news >> text=T3 was isolated')
    await page.waitForURL(/timeline\?at=\d+$/)
  })

  it('open a tranche, note on one and add to it', async () => {
    const { page } = opened
    const confirm = async (): Promise<void> => {
      await page.click('dialog >> text=Confirm')
      await expectInTime('.results', 'done')
      await page.click('dialog >> text=Close')
    }
    const before = openTranches().length
    await page.click('.book-head >> text="Open"')
    await page.fill('[aria-label="Quantity of a new LONG tranche"]', '0.01')
    await page.click('text="Open LONG"')
    await expectText(opened, 'dialog', 'BUY 0.01')
    await confirm()
    await stage.stage.pass(3000)
    expect(openTranches()).toHaveLength(before + 1)

    await page.click('.tranches tr.row[data-tranche=T3] .unfold')
    await page.fill('[aria-label="Note on T3"]', 'looks weak')
    await page.click('text="Note"')
    await confirm()
    // its targets are levels: there is no single one to move
    expect(await page.locator('[aria-label^="New take profit of T3"]').count()).toBe(0)
    await page.fill('[aria-label="Quantity to add to T3"]', '0.01')
    await page.click('text="Add to T3"')
    await confirm()
    await stage.stage.pass(3000)
    const tranche = stage.stage.manager.getTranches(BTC.symbol, 'LONG').find(({ id }) => id === 'T3')
    expect(JSON.stringify(tranche?.notes)).toContain('looks weak')
    expect(tranche?.quantity.toString()).toBe('0.08')
  })

  it('close a part of a tranche, or say why not', async () => {
    const { page } = opened
    await page.click('.tranches tr.row[data-tranche=T3] .unfold')
    await page.fill('[aria-label^="Quantity of T3"]', '0.02')
    await page.click('text="Close T3"')
    await expectText(opened, 'dialog', /0\.020? .*T3/)
    await page.click('dialog >> text=Confirm')
    await expectInTime('.results', 'done')
    await stage.stage.pass(3000)
    await expectText(opened, '.tranches tr.row[data-tranche=T3]', '0.050 / 0.070')
  })

  it('do nothing when they are cancelled', async () => {
    const { page } = opened
    await page.click('.book-head >> text=Pause')
    await expectText(opened, 'dialog', 'Pause BTCUSDT')
    await page.getByRole('button', { name: 'Cancel' }).click()
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
    await expectText(opened, '.orders-expected', 'SELL 0.050')
    await page.click('dialog >> text=Hold to confirm')
    await expectText(opened, 'dialog', 'Hold to confirm')
    expect(openTranches()).toHaveLength(3)

    await page.hover('dialog .hold')
    await page.mouse.down()
    await expectInTime('.results', 'BTCUSDT done')
    await page.mouse.up()
    await stage.stage.pass(3000)
    expect(openTranches()).toEqual([])
    await expectText(opened, '.panel', 'Nothing is open')
  })

  it('can be held with the keyboard alone', async () => {
    const { page } = opened
    await page.click('.book-head >> text=Close all')
    await page.locator('dialog .hold').focus()
    await page.keyboard.down('Enter')
    await expectInTime('.results', 'BTCUSDT done')
    await page.keyboard.down('Enter')
    await page.keyboard.up('Enter')
    await expectText(opened, '.results', 'BTCUSDT done')
  })

  it('keep the keyboard until they are left, and give it back', async () => {
    const { page } = opened
    await page.locator('.book-head >> text=Pause').press('Enter')
    await expectText(opened, 'dialog', 'Pause BTCUSDT')
    await page.getByRole('button', { name: 'Confirm' }).press('Enter')
    await expectInTime('.results', 'done')
    await page.keyboard.press('j')
    expect(await page.evaluate('document.activeElement.closest("dialog") !== null')).toBe(true)
    await page.keyboard.press('Escape')
    await page.locator('dialog').waitFor({ state: 'detached' })
    await expectText(opened, '.book-head h1', 'BTCUSDT')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Resume')
  })

  it('lie in menus that Escape closes', async () => {
    const { page } = opened
    const menu = page.locator('.book-head details', { hasText: 'Open' })
    await menu.locator('summary').press('Enter')
    await page.keyboard.press('Tab')
    await page.keyboard.type('0.01')
    await page.keyboard.press('Escape')
    expect(await menu.getAttribute('open')).toBe(null)
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Open')
  })

  it('mend what differs from the venue, and say so', async () => {
    const { page } = opened
    await page.click('.tabs >> text=Reconciliation')
    await page.click('text="Compare now"')
    await stage.stage.whileTimePasses(expectText(opened, 'dialog .banner', 'Nothing is to be booked or sent'))
    await expectText(opened, 'dialog .results', 'BTCUSDT LONG')
    expect(await page.locator('dialog >> text=Confirm').count()).toBe(0)
    await page.getByRole('button', { name: 'Cancel' }).click()

    stage.stage.appear('0.3', '49000')
    await stage.stage.pass(20_000)
    await expectText(opened, '.banner.notice', 'The venue holds something else than the book')
    await page.click('button.primary >> text="Adopt what the venue holds"')
    await stage.stage.whileTimePasses(expectText(opened, 'dialog', 'It books'))
    await expectText(opened, 'dialog .orders-expected', /stop for T\d/)
    await page.click('dialog >> text=Confirm')
    await expectInTime('.results', 'behind stops')
    expect(stage.stage.manager.getTranches(BTC.symbol, 'LONG')).toHaveLength(4)
  })

  it('save settings, shown as differences before', async () => {
    const { page } = opened
    await page.click('.tabs >> text=Settings')
    await page.fill('#slPercent', '3')
    await page.fill('#maxTranches', '4')
    await expectText(opened, '.settings-aside .differences', /slPercent\s*12 → 3/)
    await expectText(opened, '.settings-aside .ladder', 'stop −3 %')
    await page.click('text="Save …"')
    await expectText(opened, 'dialog .differences', 'maxTranches')
    await page.click('dialog >> text=Confirm')
    await expectInTime('.results', 'done')
    await page.click('dialog >> text=Close')
    await page.click('.tabs >> text=Timeline')
    await expectText(opened, '.timeline', /slPercent/)
  })

  it('are refused with a reason where the server refuses', async () => {
    const { page } = opened
    await page.click('.tabs >> text=Settings')
    await page.fill('#slPercent', '-4')
    await page.click('text="Save …"')
    await expectText(opened, 'dialog [role=alert]', 'slPercent')
    expect(await page.locator('dialog >> text=Confirm').count()).toBe(0)
  })
})
