import type { Clock, Venue } from '@tranchebook/adapters'
import type { PositionMode } from '@tranchebook/core'
import type { HealthBoard } from '../report/health.js'
import { type Logger, whyOf } from '../report/logger.js'
import { wrongMode } from '../report/troubles.js'

/** What the way positions are held is compared with, and who is told. */
export interface ModeHost {
  readonly venue: Pick<Venue, 'fetchPositionMode'>
  readonly expected: PositionMode
  readonly clock: Clock
  readonly health: HealthBoard
  readonly logger: Logger
}

/** One look serves all commands of so many ms. */
const LOOK_MS = 1000

/** Compares the way the account holds positions with the configuration. */
export class ModeWatch {
  private readonly host: ModeHost
  private looking: Promise<void> | null = null

  constructor(host: ModeHost) {
    this.host = host
  }

  /** Asks the venue; what was wrong is forgiven where both agree. @throws {VenueError} */
  async check(): Promise<void> {
    if (await this.isAsExpected()) this.host.health.clear('positionMode')
  }

  /** Asks the venue before a command lets entries in again, where the mode was found wrong. @throws {VenueError} */
  async reconsider(): Promise<void> {
    if (!this.host.health.has('positionMode')) return
    if (this.looking === null) {
      this.looking = this.check()
      this.host.clock.schedule(LOOK_MS, () => {
        this.looking = null
      })
    }
    await this.looking
  }

  /** Asks the venue, and says where it cannot. What was found wrong before stays so until a command. */
  doubt(): void {
    void this.isAsExpected().catch((error: unknown) => {
      this.host.logger.error({ why: whyOf(error) }, 'the position mode could not be read')
    })
  }

  private async isAsExpected(): Promise<boolean> {
    const { venue, expected, health } = this.host
    const actual = await venue.fetchPositionMode()
    if (actual !== expected) health.report(wrongMode(expected, actual))
    return actual === expected
  }
}
