import type { Because, Facts } from '../book/because.js'
import { figureText, percentText } from './figure-text.js'
import { formatDuration } from './time-text.js'

type Fact = Facts[string]
type Words = (because: Because, rest: string) => string

const IS_DECIMAL = /^-?\d+(\.\d+)?$/

function factText(fact: Fact | undefined): string {
  if (fact === undefined || fact === null) return '–'
  return typeof fact === 'string' && IS_DECIMAL.test(fact) ? figureText(fact) : String(fact)
}

function observed({ observed: facts }: Because, name: string): string {
  return factText(facts?.[name])
}

function configured({ configured: facts }: Because, name: string): string {
  return factText(facts?.[name])
}

function percentOf(facts: Facts | undefined, name: string): string {
  const fact = facts?.[name]
  return typeof fact === 'string' ? percentText(fact) : '–'
}

function durationOf(facts: Facts | undefined, name: string): string {
  const fact = facts?.[name]
  return typeof fact === 'number' ? formatDuration(fact) : '–'
}

function candidatesText({ candidates = [], others = 0 }: Because): string {
  const took = candidates
    .filter(({ chosen }) => chosen !== null)
    .map(({ tranche, chosen }) => `${tranche} ${factText(chosen)}`)
  const lost = candidates.filter(({ chosen }) => chosen === null)
  const reasons = [...new Set(lost.map((candidate) => candidate.lost ?? 'not chosen'))].join('; ')
  const losers = lost.length === 0 ? '' : `; ${lost.map(({ tranche }) => tranche).join(', ')} got nothing: ${reasons}`
  return `${took.join(', then ')}${losers}${others === 0 ? '' : `; ${others} more were behind them`}`
}

/** Words by the rule's first part; the rest of the rule's name comes along. */
const WORDS: Readonly<Record<string, Words>> = {
  closing: (because, rest) => {
    if (rest === 'named') return 'the fill named its tranche'
    if (rest.startsWith('intent.')) return 'its own order said whose quantity it closes'
    return `closing rule ${rest}: ${candidatesText(because)}`
  },
  'drift.reduce closing': (because, rest) => `to hold no more than the venue, by ${rest}: ${candidatesText(because)}`,
  'drift.recover': (because) =>
    `the venue holds ${observed(because, 'venueQuantity')} at ${observed(because, 'venueEntryPrice')}, we held ${observed(because, 'ours')}`,
  drift: (because) =>
    `more than ${percentOf(because.configured, 'driftTolerancePercent')} apart, looked at ${observed(because, 'looks')} times`,
  isolation: (because) =>
    `${percentOf(because.observed, 'pnlPercent')} at ${observed(because, 'mark')}: a loss of ${percentOf(because.configured, 'trancheIsolationThreshold')} isolates`,
  isolationRelease: (because) =>
    `${percentOf(because.observed, 'pnlPercent')} at ${observed(because, 'mark')}: released from ${percentOf(because.configured, 'isolationReleasePercent')} on`,
  stopLadder: (because, rest) => `ladder ${rest}, after TP${observed(because, 'level')}`,
  trailingStop: (because) =>
    `trails ${percentOf(because.configured, 'trailingStopPercent')} behind the best mark, ${observed(because, 'mark')}`,
  'takeProfit.level': (because) =>
    `the mark ${observed(because, 'mark')} reached level ${configured(because, 'level')} at ${percentOf(because.configured, 'profitPercent')}`,
  instantTakeProfit: (because) =>
    because.observed?.['target'] === undefined
      ? 'the mark is beyond the target: its resting order makes way for a market order'
      : `the mark ${observed(because, 'mark')} is beyond the target ${observed(because, 'target')}`,
  trancheAutoCloseIsolated: (because) =>
    `recovered to ${percentOf(because.observed, 'pnlPercent')}, ${percentOf(because.configured, 'needed')} was asked for`,
  maxPositionLoss: (because) =>
    `the group is ${observed(because, 'groupLoss')} under water, ${configured(because, 'maxPositionLoss')} is allowed: worst first`,
  maxTrancheAge: (because) =>
    `${durationOf(because.observed, 'ageMs')} old and at ${percentOf(because.observed, 'pnlPercent')}, ${durationOf(because.configured, 'maxTrancheAgeMs')} are allowed`,
  cancelRefused: (because) => {
    const { observed: { refusals } = {} } = because
    if (refusals === undefined) return 'the venue refused to cancel it, and nobody wants it any more'
    const often = refusals === 1 ? 'once' : `${factText(refusals)} times in ${durationOf(because.observed, 'forMs')}`
    return `refused ${often}; tried again after ${durationOf(because.observed, 'pauseMs')}`
  },
  command: (because, rest) =>
    `command ${rest}${because.observed?.['actor'] == null ? '' : ` by ${observed(because, 'actor')}`}`,
  'entry.intent': () => 'its order named the tranche it feeds',
  'entry.named': (because) => `the fill named ${observed(because, 'name')}`,
  'entry.sameOrder': () => 'a further fill of the same order',
  'entry.NEW_TRANCHE': () => 'each entry is its own tranche',
  'entry.AVERAGE_UNTIL_UNDERWATER': (because) =>
    because.observed === undefined
      ? 'nothing was open to join'
      : `the group was at ${percentOf(because.observed, 'groupPnlPercent')}: from −${percentOf(because.configured, 'trancheIncrementPercent')} on a new tranche opens, above it the newest one is joined`,
  'entry.limits': () => 'every limit allows it',
}

function factsText(facts: Facts | undefined): string {
  return Object.entries(facts ?? {})
    .filter(([, fact]) => fact !== null)
    .map(([name, fact]) => `${name} ${factText(fact)}`)
    .join(', ')
}

/** Any rule: its name, what was configured, what was observed, whom it chose among. */
function plainWords(because: Because): string {
  const parts = [factsText(because.configured), factsText(because.observed), candidatesText(because)]
  return [because.rule, parts.filter((part) => part !== '').join('; ')].filter((part) => part !== '').join(': ')
}

function ruleWords(because: Because): string {
  const { rule } = because
  const exact = WORDS[rule]
  if (exact !== undefined) return exact(because, '')
  for (let dot = rule.lastIndexOf('.'); dot > 0; dot = rule.lastIndexOf('.', dot - 1)) {
    const words = WORDS[rule.slice(0, dot)]
    if (words !== undefined) return words(because, rule.slice(dot + 1))
  }
  return plainWords(because)
}

/** Why a decision fell as it did, in words a trader understands; rules it has no words for are named with their facts. */
export function explainBecause(because: Because): string {
  const broken = because.observed?.['brokenRule']
  return typeof broken === 'string' ? `${broken}, so LIFO was used; ${ruleWords(because)}` : ruleWords(because)
}
