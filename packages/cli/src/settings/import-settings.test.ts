import { parseConfig } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { importSettings } from './import-settings.js'

const inTypeScript = {
  api: { apiKey: 'canary-key', secretKey: 'canary-secret' },
  symbols: {
    ASTERUSDT: {
      longVolumeThresholdUSDT: 1000,
      tradeSize: 0.69,
      maxPositionMarginUSDT: 200.1,
      leverage: 10,
      tpPercent: 1,
      slPercent: 20,
      vwapProtection: true,
      enableTrancheManagement: true,
      trancheIsolationThreshold: 5,
      trancheStrategy: { closingStrategy: 'FIFO', slTpStrategy: 'NEWEST' },
      mystery: 1,
    },
  },
  global: {
    riskPercent: 90,
    paperMode: true,
    positionMode: 'HEDGE',
    maxOpenPositions: 5,
    server: { dashboardPassword: 'canary' },
  },
  version: '1.1.0',
}

const inPython = {
  globals: {
    simulate_only: true,
    hedge_mode: false,
    tranche_pnl_increment_pct: 5,
    max_tranches_per_symbol_side: 4,
    instant_tp_enabled: false,
    enable_scaled_take_profit: true,
  },
  symbols: {
    BTCUSDT: {
      leverage: 10,
      take_profit_pct: 2.5,
      stop_loss_enabled: false,
      stop_loss_pct: 5,
      max_position_usdt: 1000,
      working_type: 'CONTRACT_PRICE',
    },
    ETHUSDT: { take_profit_enabled: false, stop_loss_pct: -3, volume_threshold: 500 },
  },
}

describe('settings of a liquidation hunter in TypeScript', () => {
  const { file, mapped, unmapped } = importSettings(inTypeScript)

  it('become options that can be used; margin becomes notional: 200.1 · 10', () => {
    expect(file).toEqual({
      positionMode: 'HEDGE',
      limits: { maxActivePositions: 5 },
      symbols: {
        ASTERUSDT: {
          maxPositionSize: '2001',
          leverage: 10,
          tpPercent: 1,
          slPercent: 20,
          enableTrancheManagement: true,
          trancheIsolationThreshold: 5,
          trancheStrategy: { closingStrategy: 'FIFO', slTpStrategy: 'NEWEST' },
        },
      },
    })
    expect(parseConfig(file).symbols['ASTERUSDT']).toMatchObject({ closingStrategy: 'FIFO' })
  })

  it('are all accounted for, keys and passwords unseen', () => {
    expect(mapped).toContain('global.maxOpenPositions → limits.maxActivePositions: 5')
    expect(unmapped.map((line) => line.split(':')[0])).toEqual([
      'api',
      'global.riskPercent',
      'global.paperMode',
      'global.server',
      'symbols.ASTERUSDT.longVolumeThresholdUSDT',
      'symbols.ASTERUSDT.tradeSize',
      'symbols.ASTERUSDT.vwapProtection',
      'symbols.ASTERUSDT.mystery',
    ])
    expect(JSON.stringify([file, mapped, unmapped])).not.toContain('canary')
  })
})

describe('settings of a liquidation hunter in Python', () => {
  const { file } = importSettings(inPython)

  it('become options that can be used; what is switched off is null, a loss has no minus', () => {
    expect(file).toEqual({
      positionMode: 'ONE_WAY',
      defaults: {
        entryMode: 'AVERAGE_UNTIL_UNDERWATER',
        trancheIncrementPercent: 5,
        whenFull: 'MERGE_LEAST_LOSSY',
        maxTranches: 4,
        instantTakeProfit: false,
        enableScaledTakeProfit: true,
      },
      symbols: {
        BTCUSDT: {
          leverage: 10,
          tpPercent: 2.5,
          slPercent: null,
          maxPositionSize: 1000,
          workingType: 'CONTRACT_PRICE',
        },
        ETHUSDT: { tpPercent: null, slPercent: 3 },
      },
    })
    expect(() => parseConfig(file)).not.toThrow()
  })
})

it('settings of nothing known give nothing', () => {
  expect(importSettings({ a: 1, version: 2 })).toEqual({ file: {}, mapped: [], unmapped: ['a: not known here'] })
})
