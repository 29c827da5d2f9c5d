import { describe, expect, it } from 'vitest'
import { problemsOf } from '../../test/config-problems.js'
import { parseConfig } from './parse-config.js'

type Options = Readonly<Record<string, unknown>>

const findingsIn = (value: unknown): readonly string[] =>
  problemsOf(() => parseConfig(value)).map(({ path, code, message }) => `${path} ${code} ${message}`)

describe('contradictions', () => {
  it.each<[Options, string]>([
    [
      { minTrancheSize: 100, maxTrancheSize: 50 },
      'minTrancheSize option.contradiction expected at most maxTrancheSize 50, got 100; lower it or raise maxTrancheSize',
    ],
    [
      { minTrancheSize: '0.02', maxPositionSize: '0.01' },
      'minTrancheSize option.contradiction expected at most maxPositionSize 0.01, got 0.02; lower it or raise maxPositionSize',
    ],
    [
      { isolationReleasePercent: -5 },
      'isolationReleasePercent option.contradiction expected more than -trancheIsolationThreshold, got -5 at a threshold of 5; raise it, or a tranche is released as soon as it is isolated',
    ],
    [
      { trancheAutoCloseIsolated: true, trancheRecoveryThreshold: '-5.1' },
      'trancheRecoveryThreshold option.contradiction expected at least -trancheIsolationThreshold, got -5.1 at a threshold of 5; raise it, or a tranche is closed as soon as it is isolated',
    ],
    [
      { isolationAction: 'REDUCE_LEVERAGE', leverage: 5 },
      'isolationLeverage option.contradiction expected less than leverage 5, got 5; lower it, or choose another isolationAction than "REDUCE_LEVERAGE"',
    ],
    [
      { trailingActivationPercent: 0 },
      'trailingActivationPercent option.contradiction expected null while trailingStopPercent is null, got 0; set trailingStopPercent too, or leave both out',
    ],
  ])('finds that %j cannot hold together', (options, finding) => {
    expect(findingsIn({ defaults: options })).toEqual([`defaults.${finding}`])
    expect(findingsIn({ symbols: { BTCUSDT: options } })).toEqual([`symbols.BTCUSDT.${finding}`])
  })

  it.each<Options>([
    { minTrancheSize: 50, maxTrancheSize: 50, maxPositionSize: 50 },
    { minTrancheSize: 100 },
    { isolationReleasePercent: '-4.999999999999' },
    { trancheIsolationThreshold: 0, trancheAutoCloseIsolated: true },
    { trancheRecoveryThreshold: -50 },
    { trancheAutoCloseIsolated: true, trancheRecoveryThreshold: -5 },
    { isolationAction: 'REDUCE_LEVERAGE', leverage: 6 },
    { leverage: 1 },
    { trailingStopPercent: 1, trailingActivationPercent: 0 },
  ])('has nothing against %j', (options) => {
    expect(findingsIn({ defaults: options })).toEqual([])
  })

  it('finds what a symbol breaks of what it inherits, and names it once', () => {
    const defaults = { maxTrancheSize: 50 }

    expect(findingsIn({ defaults, symbols: { A: { minTrancheSize: 60 }, B: { minTrancheSize: 40 } } })).toHaveLength(1)
    expect(findingsIn({ defaults: { ...defaults, minTrancheSize: 60 }, symbols: { A: {}, B: {} } })).toHaveLength(1)
  })

  it('does not argue about an option that was not understood', () => {
    expect(findingsIn({ defaults: { trailingStopPercent: 'x', trailingActivationPercent: 1 } })).toHaveLength(1)
  })
})
