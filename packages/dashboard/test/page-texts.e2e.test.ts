import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BOOK_ROOMS, formatRoute } from '../page/state/route.js'
import { BROWSER_PATH, expectCount, goTo } from './open-browser.js'
import { withBuiltPage } from './built-page.js'
import { PageStage } from './page-stage.js'
import { BTC } from './stage.js'

const MARKUP = `<img src=x onerror="document.title='taken'">`
const ENDLESS = `"'><script>document.title='taken'</script>${'W'.repeat(58)}`
const TURNED = 'live \u202e0.1'
const SIZES = [
  { width: 1440, height: 1000 },
  { width: 360, height: 740 },
]

const built = withBuiltPage()
let stage: PageStage

beforeAll(async () => {
  if (BROWSER_PATH === null) return
  stage = await PageStage.open(built().directory, { trancheIsolationThreshold: '5', slPercent: '12' })
  for (const label of [MARKUP, ENDLESS, TURNED]) await stage.stage.enter('0.05', label)
  const note = { command: 'annotateTranche', tranche: 'T1', note: MARKUP } as const
  await stage.stage.whileTimePasses(stage.stage.manager.command(BTC.symbol, note))
})

afterAll(async () => {
  if (BROWSER_PATH === null) return
  await stage.close()
})

describe.skipIf(BROWSER_PATH === null)('texts of others', () => {
  it.each(SIZES)('are shown as they are in every room, $width pixels wide, and push nothing aside', async (size) => {
    const opened = await stage.look(built().browser, size)
    const { page } = opened
    for (const room of BOOK_ROOMS) {
      await goTo(opened, formatRoute({ type: 'book', place: BTC, room, version: null }))
      await expectCount(opened, '.waiting', 0)
      if (room === 'book') for (const row of await page.locator('.tranches .unfold').all()) await row.click()
      await expectCount(opened, '.waiting', 0)
      expect(await page.evaluate("[document.querySelectorAll('img, main script').length, document.title]")).toEqual([
        0,
        expect.not.stringContaining('taken') as unknown,
      ])
      expect(await page.evaluate('/[\\u202a-\\u202e]/.test(document.body.innerHTML)')).toBe(false)
      expect([room, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([room, size.width])
    }
    await goTo(opened, formatRoute({ type: 'book', place: BTC, room: 'book', version: null }))
    const rows = page.locator('.tranches tr.row > td:first-child')
    await expectCount(opened, '.tranches tr.row', 3)
    expect(await rows.allInnerTexts()).toEqual(
      [MARKUP, ENDLESS, 'live \\u202e0.1'].map((label) => expect.stringContaining(label) as unknown),
    )
    const cut =
      "[...document.querySelectorAll('.tranches tr.row > td')].filter((one) => one.scrollWidth > one.clientWidth + 1).length"
    expect(await page.evaluate(cut)).toBe(0)
    await opened.context.close()
    expect(opened.complaints).toEqual([])
  })
})
