import { formatDuration } from '@tranchebook/core'
import type { JSX } from 'preact'
import { usePage } from './page-context.js'

const SECOND_MS = 1000

/** A length of time in whole seconds at least, for figures that tick. */
export function steadyDuration(ms: number): string {
  if (ms < SECOND_MS) return '0 s'
  return formatDuration(Math.floor(ms / SECOND_MS) * SECOND_MS)
}

/** How long ago something was, at a time that is looked at (now where none is given); `null` = never. Old ones are marked. */
export function Age({
  since,
  staleMs = null,
  at = null,
}: {
  readonly since: number | null
  readonly staleMs?: number | null
  readonly at?: number | null
}): JSX.Element {
  const page = usePage()
  if (since === null) return <span class="figure unknown">–</span>
  const ms = Math.max(0, (at ?? page.now.value) - since)
  const isStale = staleMs !== null && ms > staleMs
  return <span class={isStale ? 'figure stale' : 'figure'}>{steadyDuration(ms)}</span>
}
