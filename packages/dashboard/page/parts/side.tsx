import type { JSX } from 'preact'

/** A side by shape and word. */
export function SideMark({ side }: { readonly side: 'LONG' | 'SHORT' }): JSX.Element {
  return (
    <span class="side">
      <span aria-hidden="true">{side === 'LONG' ? '▲' : '▼'}</span> {side}
    </span>
  )
}
