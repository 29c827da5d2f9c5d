import type { ReportedPosition } from './report-books.js'

/** A position as programs read it: every digit, without its tranches. */
export function positionJson({ book, group, phase, shield }: ReportedPosition): Readonly<Record<string, unknown>> {
  const { account, symbol } = book
  const { tranches: _tranches, ...figures } = group
  return {
    account,
    symbol,
    ...figures,
    phase,
    protected: shield?.protected ?? null,
    uncovered: shield?.uncovered ?? [],
    unprotectedMs: shield?.unprotectedMs ?? null,
  }
}
