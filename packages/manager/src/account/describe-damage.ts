import type { VerifyReport } from '@tranchebook/store'

/** What is wrong with a log that is not clean, and what to do: a log of a newer program needs that program, not a backup. */
export function describeDamage({ status, firstBad }: VerifyReport): string {
  const advice =
    firstBad?.code === 'event-undecodable'
      ? 'a newer program recorded it, go on with that one'
      : 'restore it before trading on it'
  return `the log is ${status}: ${firstBad?.message ?? 'no finding was named'}; ${advice}`
}
