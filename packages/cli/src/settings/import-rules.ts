import { Decimal } from '@tranchebook/core'
import { type ForeignSetting, type ImportRule, none, option, options } from './import-rule.js'

const OF_THE_BOT = none('the bot that decides entries keeps it')
const OF_THE_MACHINE = none('the process and its venue connection look after this themselves')
const NOT_YET = none('there is no such option')

function modeOf({ value }: ForeignSetting): unknown {
  return value === true ? 'HEDGE' : value === false ? 'ONE_WAY' : value
}

/** A percentage that another program also writes as a loss, with a minus. */
function magnitude(value: unknown): unknown {
  return typeof value === 'number' ? Math.abs(value) : typeof value === 'string' ? value.replace(/^-/, '') : value
}

/** A target or stop that a switch beside it may turn off. */
function unlessOff(name: string) {
  return ({ value, around }: ForeignSetting): unknown => (around[name] === false ? null : magnitude(value))
}

function offOnly({ value }: ForeignSetting): unknown {
  return value === false ? null : undefined
}

const USUAL_LEVERAGE = 10

/** Margin times leverage: we limit the notional. */
function notionalOf({ value, around }: ForeignSetting): unknown {
  const leverage = around['leverage'] ?? USUAL_LEVERAGE
  if (typeof value !== 'number' || typeof leverage !== 'number') return value
  return new Decimal(String(value)).times(String(leverage)).toFixed()
}

/** Settings for the whole account, by their name elsewhere. Options of the account and of all symbols come of them. */
export const GLOBAL_RULES: Readonly<Record<string, ImportRule>> = {
  positionMode: option('positionMode'),
  hedge_mode: option('positionMode', modeOf),
  maxOpenPositions: option('limits.maxActivePositions'),
  tranche_pnl_increment_pct: options(({ value }) => ({
    'defaults.entryMode': 'AVERAGE_UNTIL_UNDERWATER',
    'defaults.trancheIncrementPercent': magnitude(value),
    'defaults.whenFull': 'MERGE_LEAST_LOSSY',
  })),
  max_tranches_per_symbol_side: option('defaults.maxTranches'),
  instant_tp_enabled: option('defaults.instantTakeProfit'),
  paperMode: none('trading is on paper unless --live is given'),
  simulate_only: none('trading is on paper unless --live is given'),
  use_position_monitor: none('every tranche is always watched'),
  max_total_exposure_usdt: none('it bounds notional; limits.maxMarginUsed bounds margin: set that by hand'),
  riskPercent: OF_THE_BOT,
  volume_window_sec: OF_THE_BOT,
  useThresholdSystem: OF_THE_BOT,
  order_ttl_seconds: OF_THE_BOT,
  max_open_orders_per_symbol: OF_THE_BOT,
  time_in_force: OF_THE_BOT,
  multi_assets_mode: NOT_YET,
  discord: NOT_YET,
  server: none('the page is local: dashboard.port is all there is to set'),
  rateLimit: OF_THE_MACHINE,
  rate_limit_buffer_pct: OF_THE_MACHINE,
  price_monitor_reconnect_delay: OF_THE_MACHINE,
  tp_sl_batch_enabled: OF_THE_MACHINE,
  batch_orders: OF_THE_MACHINE,
  db_path: none('say where with --directory or --database'),
}

/** Settings of a symbol, by their name elsewhere; options that have the same name here are not repeated. */
export const SYMBOL_RULES: Readonly<Record<string, ImportRule>> = {
  maxPositionMarginUSDT: option('maxPositionSize', notionalOf),
  max_position_usdt: option('maxPositionSize'),
  take_profit_pct: option('tpPercent', unlessOff('take_profit_enabled')),
  stop_loss_pct: option('slPercent', unlessOff('stop_loss_enabled')),
  take_profit_enabled: option('tpPercent', offOnly),
  stop_loss_enabled: option('slPercent', offOnly),
  tradeSize: OF_THE_BOT,
  longTradeSize: OF_THE_BOT,
  shortTradeSize: OF_THE_BOT,
  trade_value_usdt: OF_THE_BOT,
  trade_qty: OF_THE_BOT,
  trade_side: OF_THE_BOT,
  volumeThresholdUSDT: OF_THE_BOT,
  longVolumeThresholdUSDT: OF_THE_BOT,
  shortVolumeThresholdUSDT: OF_THE_BOT,
  volume_threshold: OF_THE_BOT,
  priceOffsetBps: OF_THE_BOT,
  price_offset_pct: OF_THE_BOT,
  maxSlippageBps: OF_THE_BOT,
  orderType: OF_THE_BOT,
  usePostOnly: OF_THE_BOT,
  postOnly: OF_THE_BOT,
  forceMarketOrders: OF_THE_BOT,
  vwapProtection: OF_THE_BOT,
  vwapTimeframe: OF_THE_BOT,
  vwapLookback: OF_THE_BOT,
  useThreshold: OF_THE_BOT,
  thresholdTimeWindow: OF_THE_BOT,
  thresholdCooldown: OF_THE_BOT,
  margin_type: none('set it at the venue: it is not changed under an open position'),
  position_side: none("the account's position mode says it"),
  price_protect: NOT_YET,
}
