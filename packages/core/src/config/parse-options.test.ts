import { describe, expect, it } from 'vitest'
import { problemsOf } from '../../test/config-problems.js'
import { containing } from '../../test/containing.js'
import { DOCS_URL } from '../errors.js'
import { formatPercent, parsePercent } from '../money/percent.js'
import { DEFAULT_CONFIG } from './default-config.js'
import { configFor, type KnownNames, parseConfig } from './parse-config.js'
import type { ConfigProblem } from './place.js'

const problemsIn = (file: unknown, known: KnownNames = {}): readonly ConfigProblem[] =>
  problemsOf(() => parseConfig(file, known))
const inDefaults = (options: unknown): readonly ConfigProblem[] => problemsIn({ defaults: options })

describe('options in a file', () => {
  it('known failure 1: unknown keys are errors, wherever they stand, never silently stripped', () => {
    const config = {
      acount: 'main',
      limits: { maxDailyTrade: 3 },
      defaults: { max_tranches: 3, trancheStrategy: { closingstrategy: 'FIFO' } },
      symbols: { BTCUSDT: { telegram: true, scaledTpLevels: [{ profitPercent: 1, closePercent: 100, close: 1 }] } },
    }
    expect(problemsIn(config)).toEqual([
      { path: 'acount', code: 'option.unknown', message: 'unknown option; did you mean "account"?' },
      {
        path: 'limits.maxDailyTrade',
        code: 'option.unknown',
        message: 'unknown option; did you mean "maxDailyTrades"?',
      },
      {
        path: 'defaults.trancheStrategy.closingstrategy',
        code: 'option.unknown',
        message: 'unknown option; did you mean "closingStrategy"?',
      },
      { path: 'defaults.max_tranches', code: 'option.unknown', message: 'unknown option; did you mean "maxTranches"?' },
      {
        path: 'symbols.BTCUSDT.telegram',
        code: 'option.unknown',
        message: `unknown option; remove it, ${DOCS_URL}/configuration.md lists all`,
      },
      {
        path: 'symbols.BTCUSDT.scaledTpLevels[0].close',
        code: 'option.unknown',
        message: 'unknown key of a level; did you mean "closePercent"?',
      },
    ])
  })

  it('accepts the other spellings', () => {
    const { defaults } = parseConfig({
      defaults: {
        takeProfitPercent: 1,
        stopLossPercent: null,
        trancheStrategy: {
          closingStrategy: 'WORST_FIRST',
          slTpStrategy: 'BEST_ENTRY',
          isolationAction: 'PARTIAL_CLOSE',
        },
      },
    })
    expect(defaults).toEqual({
      ...DEFAULT_CONFIG,
      tpPercent: parsePercent('1'),
      slPercent: null,
      closingStrategy: 'WORST_FIRST',
      slTpStrategy: 'BEST_ENTRY',
      isolationAction: 'PARTIAL_CLOSE',
    })
  })

  it('lets a symbol say in one spelling what the defaults say in the other', () => {
    const config = parseConfig({ defaults: { tpPercent: 4 }, symbols: { BTCUSDT: { takeProfitPercent: 6 } } })
    expect(formatPercent(configFor(config, 'BTCUSDT').tpPercent!)).toBe('6')
  })

  it('accepts both spellings when they agree, and refuses them when they do not', () => {
    const agreeing = {
      tpPercent: 3,
      takeProfitPercent: '3.0',
      closingStrategy: 'FIFO',
      trancheStrategy: { closingStrategy: 'FIFO' },
    }

    expect(inDefaults(agreeing)).toEqual([])
    expect(inDefaults({ slPercent: null, stopLossPercent: 2 })).toEqual([
      {
        path: 'defaults.stopLossPercent',
        code: 'option.duplicate',
        message: 'expected one value for "slPercent", got 2 here and another under another spelling; keep one of them',
      },
    ])
    expect(inDefaults({ closingStrategy: 'FIFO', trancheStrategy: { closingStrategy: 'LIFO' } })).toMatchObject([
      { path: 'defaults.trancheStrategy.closingStrategy', code: 'option.duplicate' },
    ])
  })

  it('accepts a closing rule of your own only where it is registered', () => {
    const file = { defaults: { closingStrategy: 'MINE' } }

    expect(parseConfig(file, { closingRules: ['MINE'] }).defaults.closingStrategy).toBe('MINE')
    expect(problemsIn(file)).toEqual([
      {
        path: 'defaults.closingStrategy',
        code: 'option.choice',
        message:
          'expected one of "LIFO", "FIFO", "WORST_FIRST", "BEST_FIRST", "HIFO", "LOFO", "PRO_RATA", got "MINE"; register a rule of your own under its name first',
      },
    ])
    expect(problemsIn(file, { closingRules: ['MINE_2'] })[0]?.message).toContain('did you mean "MINE_2"?')
    expect(inDefaults({ closingStrategy: 'fifo' })[0]?.message).toContain('did you mean "FIFO"?')
  })

  it.each<[string, unknown, string, string]>([
    ['leverage', 0, 'option.range', 'expected a whole number from 1 to 125 (times), got 0'],
    ['leverage', 126, 'option.range', 'got 126; choose one within these bounds'],
    ['leverage', 2.5, 'option.type', 'got 2.5; write digits only'],
    ['isolationClosePercent', 0, 'option.range', 'above 0 and at most 100'],
    ['isolationClosePercent', 100.5, 'option.range', 'above 0 and at most 100'],
    ['slPercent', 0, 'option.range', 'or null (no stop: the tranche is unprotected on purpose)'],
    ['slPercent', 100, 'option.range', 'below 100'],
    ['tpPercent', 0, 'option.range', 'or null (no take profit)'],
    ['maxTranches', null, 'option.type', 'got null; leave the key out to use the default'],
    ['maxTranches', undefined, 'option.type', 'got nothing; leave the key out to use the default'],
    ['maxTranches', -1, 'option.range', 'from 0 to 1000'],
    ['enableTrancheManagement', 'false', 'option.type', 'got "false"; write true or false without quotes'],
    ['enableTrancheManagement', 0, 'option.type', 'expected true or false, got 0'],
    ['isolationAction', 'hold', 'option.choice', 'did you mean "HOLD"?'],
    ['isolatedClosing', 'FIRST', 'option.choice', 'expected one of "LAST", "EQUAL", or null (as the rule says'],
    ['isolatedClosing', 3, 'option.type', 'got 3; write a name in quotes'],
    ['scaledTpLevels', {}, 'option.type', 'got an object; write the levels between [ and ]'],
    ['scaledTpLevels', Array.from({ length: 21 }, () => ({})), 'option.range', 'at most 20 levels, got 21'],
    ['trancheStrategy', 'FIFO', 'option.type', 'expected an object { … }, got "FIFO"'],
  ])('refuses %s %j', (name, value, code, part) => {
    expect(inDefaults({ [name]: value })).toMatchObject([{ path: `defaults.${name}`, code, message: containing(part) }])
  })

  it('reads every level with the place of its index', () => {
    const levels = [3, { profitPercent: '1e2', closePercent: 40 }, { profitPercent: 5, close_percent: 60 }]

    expect(inDefaults({ scaledTpLevels: levels })).toMatchObject([
      { path: 'defaults.scaledTpLevels[0]', message: containing('closePercent" }, got 3; write an object with both') },
      { path: 'defaults.scaledTpLevels[1].profitPercent', message: containing('got "1e2"; write digits') },
      { path: 'defaults.scaledTpLevels[2].close_percent', message: containing('did you mean "closePercent"?') },
      { path: 'defaults.scaledTpLevels[2].closePercent', message: containing('got nothing; write a number') },
    ])
  })

  it('takes objects without a prototype, and refuses lists with holes, as programs make them', () => {
    const holes: unknown[] = []
    holes.length = 1

    expect(parseConfig({ defaults: { __proto__: null, maxTranches: 4 } }).defaults.maxTranches).toBe(4)
    expect(inDefaults({ scaledTpLevels: holes })).toMatchObject([{ path: 'defaults.scaledTpLevels[0]' }])
  })

  it('says where an option belongs that stands in the wrong place', () => {
    const misplaced = {
      maxTranches: 3,
      tpPercnt: 3,
      limits: { closingStrategy: 'FIFO' },
      defaults: { maxDailyTrades: 3, positionMode: 'HEDGE', trancheStrategy: { maxTranches: 3 } },
    }
    expect(problemsIn(misplaced).map(({ path, code, message }) => [path, code, message])).toEqual([
      [
        'maxTranches',
        'option.misplaced',
        'this option does not belong here; write it in "defaults" or in a symbol of "symbols"',
      ],
      [
        'tpPercnt',
        'option.unknown',
        'unknown option; did you mean "tpPercent"? Write it in "defaults" or in a symbol of "symbols"',
      ],
      [
        'limits.closingStrategy',
        'option.misplaced',
        'this option does not belong here; write it in "defaults" or in a symbol of "symbols"',
      ],
      [
        'defaults.trancheStrategy.maxTranches',
        'option.misplaced',
        'this option does not belong here; write it in "defaults" or in a symbol of "symbols"',
      ],
      ['defaults.maxDailyTrades', 'option.misplaced', 'this option does not belong here; write it in "limits"'],
      [
        'defaults.positionMode',
        'option.misplaced',
        'this option does not belong here; write it at the top of the file',
      ],
    ])
  })
})
