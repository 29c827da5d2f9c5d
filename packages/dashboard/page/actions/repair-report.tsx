import { figureText } from '@tranchebook/core'
import type { JSX } from 'preact'
import type { ActionPreview } from '../../src/api/index.js'

type Repair = NonNullable<ActionPreview['repair']>

/** Between a booking and its stop a side is bare for a moment: the verdict says how it ends. */
const GUARDS: readonly string[] = ['ProtectionLost', 'ProtectionRestored']

const SIGNS: Readonly<Record<Repair['findings'][number]['level'], string>> = { fine: '✓', warning: '!', problem: '✕' }

/** What a repair books: orders and cancels are told apart from it. */
export function RepairBookings({ repair }: { readonly repair: Repair }): JSX.Element | null {
  const bookings = repair.steps.filter(({ type, event }) => type === 'book' && !GUARDS.includes(event.type))
  if (bookings.length === 0) return null
  return (
    <>
      <h3>It books</h3>
      <ul class="orders-expected">
        {bookings.map(({ symbol, message }, index) => (
          <li key={index}>
            <strong>{symbol}</strong> {message}
          </li>
        ))}
      </ul>
    </>
  )
}

/** How the venue covers what is open, and what else is worth knowing. */
export function RepairVerdict({ repair }: { readonly repair: Repair }): JSX.Element {
  const { protection, findings, isDryRun } = repair
  const said = [...findings, ...protection.findings.filter(({ level }) => level !== 'fine')]
  const { positions } = protection
  return (
    <>
      <h3>{isDryRun ? 'At the venue now' : 'At the venue after it'}</h3>
      {positions.length === 0 && <p class="quiet">Nothing is open.</p>}
      <ul class="results">
        {positions.map(({ symbol, side, quantity, covered, uncovered }) => (
          <li key={`${symbol}/${side}`} class={uncovered === '0' ? '' : 'alarm'}>
            <strong>
              {symbol} {side} {figureText(quantity)}
            </strong>{' '}
            {uncovered === '0'
              ? 'behind stops'
              : `${figureText(covered)} behind stops, ${figureText(uncovered)} without`}
          </li>
        ))}
        {said.map(({ code, level, message }, index) => (
          <li key={`${code}/${index}`} class={level === 'problem' ? 'alarm' : ''}>
            <span aria-hidden="true">{SIGNS[level]}</span> {message}
          </li>
        ))}
      </ul>
    </>
  )
}
