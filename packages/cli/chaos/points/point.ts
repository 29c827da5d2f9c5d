/** Moments in the life of an entry, its protection and its exit at which a process is killed. */
export const POINTS = [
  'entryDecided',
  'entryIntended',
  'entryReached',
  'entryAnswered',
  'entryAcknowledged',
  'entryTold',
  'entryFillDecided',
  'entryBooked',
  'stopIntended',
  'stopReached',
  'stopAnswered',
  'stopAcknowledged',
  'exitIntended',
  'exitReached',
  'exitAnswered',
  'exitTold',
  'exitBooked',
  'cancelIntended',
  'cancelReached',
] as const

/**
 * One of {@link POINTS}: decided but not durable; intended, durable and not sent; reached the venue, which has not answered;
 * answered, and nobody told; acknowledged, durable; told of the fill, which is not booked; booked, and not acted on.
 */
export type Point = (typeof POINTS)[number]

/** Points that the venue sees, not the process. */
export type VenuePoint = Extract<Point, `${string}Reached`>

/** Dies at one point, once it is armed. */
export interface Fuse {
  armed: Point | null
  /** Kills this process if it is armed for that point, as the power does: nothing is flushed, closed or said. */
  reach(point: Point | null): void
}

/** A fuse that nobody has armed. */
export function createFuse(): Fuse {
  return {
    armed: null,
    reach(point) {
      if (point !== null && point === this.armed) process.kill(process.pid, 'SIGKILL')
    },
  }
}
