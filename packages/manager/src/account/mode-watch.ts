import type { Venue } from '@tranchebook/adapters'
import type { PositionMode } from '@tranchebook/core'
import type { HealthBoard } from '../report/health.js'
import { type Logger, whyOf } from '../report/logger.js'
import { wrongMode } from '../report/troubles.js'

/** What the way positions are held is compared with, and who is told. */
export interface ModeHost {
  readonly venue: Pick<Venue, 'fetchPositionMode'>
  readonly expected: PositionMode
  readonly health: HealthBoard
  readonly logger: Logger
}

/** Compares the way the account holds positions with the configuration. */
export class ModeWatch {
  private readonly host: ModeHost

  constructor(host: ModeHost) {
    this.host = host
  }

  /** Asks the venue. @throws {VenueError} */
  async check(): Promise<void> {
    const { venue, expected, health } = this.host
    const actual = await venue.fetchPositionMode()
    if (actual === expected) health.clear('positionMode')
    else health.report(wrongMode(expected, actual))
  }

  /** Something speaks for another mode: asks, and says where it cannot. */
  doubt(): void {
    void this.check().catch((error: unknown) => {
      this.host.logger.error({ why: whyOf(error) }, 'the position mode could not be read')
    })
  }
}
