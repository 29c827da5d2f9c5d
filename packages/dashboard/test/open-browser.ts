import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const PATIENCE_MS = 20_000

/** The browser that tests use: `CHROMIUM_PATH`, or where systems install it; `null` = there is none. */
export const BROWSER_PATH = [process.env['CHROMIUM_PATH'] ?? '', ...PLACES].find((path) => existsSync(path)) ?? null

if (BROWSER_PATH === null) {
  console.warn('SKIPPED: no browser. Install chromium, or set CHROMIUM_PATH, to test the page as people see it')
}

/** Starts the browser, with further flags where a test needs them. */
export async function openBrowser(flags: readonly string[] = []): Promise<Browser> {
  if (BROWSER_PATH === null) throw new RangeError('there is no browser')
  return chromium.launch({ executablePath: BROWSER_PATH, args: ['--no-sandbox', '--disable-dev-shm-usage', ...flags] })
}

/** How a page is looked at. */
export interface Look {
  readonly width?: number
  readonly height?: number
  readonly scheme?: 'dark' | 'light'
}

/** A page that is open, and what went wrong on it. */
export interface OpenPage {
  readonly page: Page
  readonly context: BrowserContext
  /** Errors of the console, of scripts, and requests to other hosts. */
  readonly complaints: readonly string[]
}

/** Opens a dashboard's link in a browser of its own. */
export async function openPage(browser: Browser, link: string, look: Look = {}): Promise<OpenPage> {
  const { width = 1440, height = 1000, scheme = 'dark' } = look
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const complaints: string[] = []
  const origin = new URL(link).origin
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    if (!request.url().startsWith(`${origin}/`)) complaints.push(`request to ${request.url()}`)
  })
  await page.goto(link)
  return { page, context, complaints }
}

/** Looks at another place of the page, by the part of the address after `#`. */
export async function goTo({ page }: OpenPage, hash: string): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(hash)}`)
}

/** Waits until the page has exactly so many of something. */
export async function expectCount({ page }: OpenPage, selector: string, count: number): Promise<void> {
  await expect.poll(() => page.locator(selector).count(), { timeout: PATIENCE_MS }).toBe(count)
}

/** Waits until the page itself says so; time at the venue stands still meanwhile. */
export async function expectText({ page }: OpenPage, selector: string, text: string | RegExp): Promise<void> {
  await page.locator(selector).filter({ hasText: text }).first().waitFor()
}
