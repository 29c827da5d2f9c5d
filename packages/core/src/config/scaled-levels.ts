import { ascending } from '../money/arithmetic.js'
import { ALL_PERCENT, asPercent, formatPercent } from '../money/percent.js'
import type { ScaledLevel } from './symbol-config.js'

/** What is to be done with levels: use these, or switch scaled take profit off for this reason. */
export type JudgedLevels =
  | { readonly type: 'usable'; readonly levels: readonly ScaledLevel[]; readonly warning: string | null }
  | { readonly type: 'unusable'; readonly reason: string }

function flawOf(level: ScaledLevel, number: number, before: ScaledLevel | undefined): string | null {
  const { profitPercent, closePercent } = level
  const profit = `level ${number} takes profit at ${formatPercent(profitPercent)} %`
  if (profitPercent <= 0n || profitPercent > ALL_PERCENT) return `${profit}, expected above 0 and at most 100`
  if (closePercent <= 0n) return `level ${number} closes ${formatPercent(closePercent)} %, expected above 0`
  if (before === undefined || profitPercent > before.profitPercent) return null
  return `${profit}, expected more than ${formatPercent(before.profitPercent)} % of the level before it`
}

/**
 * Shares that sum to exactly 100 %, in the given proportions: each cut to 10^-12, and the units that are missing go to the
 * largest remainders (ties: the earlier level).
 */
function normalizedShares(levels: readonly ScaledLevel[], total: bigint): readonly bigint[] {
  const cut = levels.map(({ closePercent }) => (closePercent * ALL_PERCENT) / total)
  const missing = ALL_PERCENT - cut.reduce((sum, share) => sum + share, 0n)
  const byRemainder = levels
    .map(({ closePercent }, index) => ({ index, remainder: (closePercent * ALL_PERCENT) % total }))
    .sort((left, right) => ascending(right.remainder, left.remainder) || left.index - right.index)
  const lucky = new Set(byRemainder.slice(0, Number(missing)).map(({ index }) => index))
  return cut.map((share, index) => (lucky.has(index) ? share + 1n : share))
}

function normalize(levels: readonly ScaledLevel[], total: bigint): JudgedLevels {
  const shares = normalizedShares(levels, total)
  const vanished = shares.indexOf(0n)
  if (vanished >= 0) return { type: 'unusable', reason: `level ${vanished + 1} closes next to nothing of the whole` }
  const texts = shares.map((share) => formatPercent(asPercent(share))).join(' / ')
  return {
    type: 'usable',
    levels: levels.map((level, index) => ({ ...level, closePercent: asPercent(shares[index] ?? 0n) })),
    warning: `closePercent of the levels sums to ${formatPercent(asPercent(total))}, expected 100; normalized to ${texts}`,
  }
}

/** Judges the levels of scaled take profit: strictly rising profits above 0 and up to 100, shares above 0 that sum to 100. */
export function judgeLevels(levels: readonly ScaledLevel[]): JudgedLevels {
  if (levels.length === 0) return { type: 'unusable', reason: 'there is no level' }
  for (const [index, level] of levels.entries()) {
    const reason = flawOf(level, index + 1, levels[index - 1])
    if (reason !== null) return { type: 'unusable', reason }
  }
  const total = levels.reduce((sum, { closePercent }) => sum + closePercent, 0n)
  return total === ALL_PERCENT ? { type: 'usable', levels, warning: null } : normalize(levels, total)
}
