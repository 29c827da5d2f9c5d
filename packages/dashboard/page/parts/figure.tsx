import { figureText, gainText, percentText } from '@tranchebook/core'
import type { JSX } from 'preact'

/** A figure to show. `text` is decimal text; `null` = unknown, shown as a dash. */
export interface FigureProps {
  readonly text: string | null
  /** `null` = as many as it has. */
  readonly decimals?: number | null
}

function direction(text: string | null): string {
  if (text === null) return 'unknown'
  if (text.startsWith('-')) return 'loss'
  return /[1-9]/.test(text) ? 'gain' : 'even'
}

/** A price or a quantity. */
export function Figure({ text, decimals = null }: FigureProps): JSX.Element {
  return <span class={text === null ? 'figure unknown' : 'figure'}>{figureText(text, decimals)}</span>
}

/** Decimals that say enough about a price of that size. */
function enoughDecimals(text: string): number {
  const whole = text.replace('-', '').split('.')[0] ?? ''
  if (whole.length >= 4) return 2
  return whole === '0' ? 8 : 4
}

/** An average price: where the instrument's tick is unknown, with as many decimals as say enough. */
export function AveragePrice({ text, decimals = null }: FigureProps): JSX.Element {
  return <Figure text={text} decimals={decimals ?? (text === null ? null : enoughDecimals(text))} />
}

/** A result: its sign always, its colour beside. */
export function Gain({ text, decimals = 2 }: FigureProps): JSX.Element {
  return <span class={`figure ${direction(text)}`}>{gainText(text, decimals ?? 2)}</span>
}

/** A result in percent. */
export function GainPercent({ text }: FigureProps): JSX.Element {
  return <span class={`figure ${direction(text)}`}>{text === null ? '–' : `${gainText(text)} %`}</span>
}

/** A share in percent. */
export function Percent({ text }: FigureProps): JSX.Element {
  return <span class={text === null ? 'figure unknown' : 'figure'}>{percentText(text)}</span>
}
