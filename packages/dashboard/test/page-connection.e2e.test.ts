import type { Browser } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { withBuiltPage } from './built-page.js'
import { CuttableProxy } from './cuttable-proxy.js'
import { BROWSER_PATH, expectCount, expectText, openBrowser, type OpenPage } from './open-browser.js'
import { PageStage } from './page-stage.js'

const built = withBuiltPage()
let browser: Browser
let stage: PageStage
let proxy: CuttableProxy
let opened: OpenPage

describe.skipIf(BROWSER_PATH === null)('the page without its server', () => {
  beforeEach(async () => {
    stage = await PageStage.open(built().directory)
    await stage.stage.enter('0.05', 'first')
    proxy = await CuttableProxy.open(stage.port)
    browser = await openBrowser([`--host-resolver-rules=MAP 127.0.0.1:${stage.port} 127.0.0.1:${proxy.port}`])
    opened = await stage.look(browser)
    await expectText(opened, '.tranches tr.row', 'first')
  })

  afterEach(async () => {
    await browser.close()
    await proxy.close()
    await stage.close()
  })

  it('says so, keeps what it knows, and hears all it missed once the connection is back', async () => {
    proxy.cut()
    await expectText(opened, '.stale-note', 'no connection')
    expect(await opened.page.locator('.tranches tr.row').count()).toBe(1)
    await stage.stage.enter('0.02', 'missed')
    await stage.stage.enter('0.03', 'missed too')
    proxy.mend()
    await expectText(opened, '.tranches tr.row', 'missed too')
    await expectCount(opened, '.stale-note', 0)
    await expectText(opened, '.timeline', /T2 \(missed\)/)
    await expectText(opened, '.timeline', /T3 \(missed too\)/)
  })

  it('notices a server that hangs within ten seconds, counts on, and claims nothing of what it does not know', async () => {
    const shields = '.tranches .shield-sign, .rail .shield-sign'
    await expectCount(opened, shields, 2)
    const began = Date.now()
    proxy.hang()
    await expectText(opened, '.stale-note', 'no connection')
    expect(Date.now() - began).toBeLessThan(10_500)
    await expectText(opened, '.top-bar .pill', 'unknown')
    await expectText(opened, '.top-bar .shield', 'protection unknown')
    await expectCount(opened, shields, 0)
    await expectText(opened, '.stale-note', /no connection for 1[0-9] s/)
    proxy.mend()
    await expectCount(opened, '.stale-note', 0)
    await expectText(opened, '.top-bar .pill', 'live')
  })

  it('tells what to do where its session is no longer known', async () => {
    await opened.context.clearCookies()
    proxy.cut()
    await expectText(opened, '.stale-note', 'no connection')
    proxy.mend()
    await expectText(opened, '.problem', 'open the newest link')
    expect(await opened.page.locator('.tranches tr.row').count()).toBe(1)
  })
})
