import type { Browser } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CuttableProxy } from './cuttable-proxy.js'
import { BROWSER_PATH, openBrowser, type OpenPage, expectCount } from './open-browser.js'
import { buildIntoTemporary, PageStage, removeBuilt } from './page-stage.js'

let browser: Browser
let directory: URL
let stage: PageStage
let proxy: CuttableProxy
let opened: OpenPage

const expectText = async (selector: string, text: string | RegExp): Promise<void> => {
  await opened.page.locator(selector).filter({ hasText: text }).first().waitFor()
}

describe.skipIf(BROWSER_PATH === null)('the page without its server', () => {
  beforeEach(async () => {
    directory = await buildIntoTemporary()
    stage = await PageStage.open(directory)
    await stage.stage.enter('0.05', 'first')
    proxy = await CuttableProxy.open(stage.port)
    browser = await openBrowser([`--host-resolver-rules=MAP 127.0.0.1:${stage.port} 127.0.0.1:${proxy.port}`])
    opened = await stage.look(browser)
    await expectText('.tranches tr.row', 'first')
  })

  afterEach(async () => {
    await browser.close()
    await proxy.close()
    await stage.close()
    await removeBuilt(directory)
  })

  it('says so, keeps what it knows, and hears all it missed once the connection is back', async () => {
    proxy.cut()
    await expectText('.stale-note', 'no connection')
    expect(await opened.page.locator('.tranches tr.row').count()).toBe(1)
    await stage.stage.enter('0.02', 'missed')
    await stage.stage.enter('0.03', 'missed too')
    proxy.mend()
    await expectText('.tranches tr.row', 'missed too')
    await expectCount(opened, '.stale-note', 0)
    await expectText('.timeline', /T2 \(missed\)/)
    await expectText('.timeline', /T3 \(missed too\)/)
  })

  it('tells what to do where its session is no longer known', async () => {
    await opened.context.clearCookies()
    proxy.cut()
    await expectText('.stale-note', 'no connection')
    proxy.mend()
    await expectText('.problem', 'open the newest link')
    expect(await opened.page.locator('.tranches tr.row').count()).toBe(1)
  })
})
