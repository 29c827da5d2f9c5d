import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { type Dashboard, liveSource, openDashboard } from '../src/index.js'
import { type Look, type OpenPage, openPage } from './open-browser.js'
import { Stage } from './stage.js'

/** A running manager on the simulated venue, and the page that was just built. Time passes by hand. */
export class PageStage {
  readonly stage: Stage
  private readonly dashboard: Dashboard

  private constructor(stage: Stage, dashboard: Dashboard) {
    this.stage = stage
    this.dashboard = dashboard
  }

  static async open(directory: URL, options: Readonly<Record<string, unknown>> = {}): Promise<PageStage> {
    const stage = await Stage.open(options)
    const { manager, store, config } = stage
    const source = liveSource({ manager, store, config, badge: 'SIM' })
    return new PageStage(stage, await openDashboard({ source, pageDirectory: fileURLToPath(directory) }))
  }

  get port(): number {
    return this.dashboard.port
  }

  /** The page in a browser, with its first book. */
  async look(browser: Browser, look: Look = {}): Promise<OpenPage> {
    const opened = await openPage(browser, this.dashboard.createLink(), look)
    await opened.page.waitForSelector('.book-head')
    return opened
  }

  /** Three tranches: one isolated, one half closed with its stop at entry, one fresh. */
  async trade(): Promise<void> {
    const { stage } = this
    await stage.enter('0.05', 'breakout')
    await stage.move('50900')
    await stage.move('47500')
    await stage.enter('0.1', 'dip')
    await stage.move('49000')
    await stage.enter('0.07')
    await stage.move('48900')
  }

  async close(): Promise<void> {
    await this.dashboard.close()
    await this.stage.close()
  }
}
