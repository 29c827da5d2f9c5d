import type { JSX } from 'preact'
import type { HealthView } from '../../src/api/index.js'
import { formatRoute } from '../state/route.js'

const WORDS: Readonly<Record<HealthView['status'], string>> = {
  starting: 'starting',
  live: 'live',
  degraded: 'degraded: entries off',
  halted: 'halted: protection only',
  recorded: 'recorded',
}

const SIGNS: Readonly<Record<HealthView['status'], string>> = {
  starting: '◌',
  live: '●',
  degraded: '◐',
  halted: '■',
  recorded: '▤',
}

/** How the manager is; opens the health page. */
export function HealthPill({ health }: { readonly health: HealthView }): JSX.Element {
  return (
    <a class={`pill pill-${health.status}`} href={formatRoute({ type: 'health' })} title={health.advice}>
      <span aria-hidden="true">{SIGNS[health.status]}</span> {WORDS[health.status]}
    </a>
  )
}
