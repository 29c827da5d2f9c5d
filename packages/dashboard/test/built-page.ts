import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { buildPage } from '../page/build-page.js'
import { BROWSER_PATH, openBrowser } from './open-browser.js'

/** The page as its sources make it, and a browser to look at it. */
export interface BuiltPage {
  readonly directory: URL
  readonly browser: Browser
}

async function buildIntoTemporary(): Promise<URL> {
  const directory = pathToFileURL(`${await mkdtemp(join(tmpdir(), 'tranchebook-page-'))}/`)
  await buildPage(directory)
  return directory
}

/** Builds the page once for the tests of a file, and starts a browser for them; both end with the tests. Nothing where there is no browser. */
export function withBuiltPage(): () => BuiltPage {
  let built: BuiltPage | null = null
  beforeAll(async () => {
    if (BROWSER_PATH === null) return
    const [browser, directory] = await Promise.all([openBrowser(), buildIntoTemporary()])
    built = { browser, directory }
  })
  afterAll(async () => {
    if (built === null) return
    await built.browser.close()
    await rm(built.directory, { recursive: true, force: true })
  })
  return () => {
    if (built === null) throw new RangeError('there is no browser, so no page was built')
    return built
  }
}
