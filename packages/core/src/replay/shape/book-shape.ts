import type { Breaker, FeeOwed, Mark, SeenFill, TrancheBook } from '../../book/book.js'
import type { AverageCost, Estimate, PositionCheck, SyncStatus, TrancheGroup, UnmatchedFill } from '../../book/group.js'
import { byName, flag, list, money, nullable, pairs, price, quantity, text, whole, word } from './codec.js'
import { record } from './parse-record.js'
import { allocation, order, positionSide, side, tranche } from './tranche-shape.js'

const estimate = record<Estimate>({
  id: text,
  kind: word('entry', 'exit'),
  quantity,
  price,
  time: whole,
  parts: list(allocation),
})

const unmatchedFill = record<UnmatchedFill>({
  tradeId: text,
  quantity,
  price,
  fee: nullable(money),
  feeAsset: nullable(text),
  time: whole,
  isOrphan: flag,
})

const group = record<TrancheGroup>({
  side,
  tranches: list(tranche),
  quantity,
  cost: money,
  realizedPnl: money,
  fees: byName(money),
  unknownFeeCount: whole,
  funding: byName(money),
  lastEntryTime: nullable(whole),
  lastExitTime: nullable(whole),
  peakQuantity: quantity,
  estimates: list(estimate),
  unmatched: list(unmatchedFill),
  hasUnknownStart: flag,
})

const averageCost = record<AverageCost>({ quantity, cost: money, realizedPnl: money, reportedPnl: nullable(money) })

const check = record<PositionCheck>({
  positionSide,
  quantity,
  entryPrice: nullable(price),
  markPrice: nullable(price),
  time: whole,
  status: nullable(word<NonNullable<SyncStatus>>('synced', 'drift', 'conflict')),
  driftSince: nullable(whole),
  looks: whole,
})

const feeOwed = record<FeeOwed>({ side, tranche: text, quantity, isEntry: flag })
const seenFill = record<SeenFill>({ time: whole, owed: nullable(list(feeOwed)) })

/** The whole state of a book, field by field; the compiler asks for every new one. */
export const bookShape = record<TrancheBook>({
  account: text,
  symbol: text,
  positionMode: word('HEDGE', 'ONE_WAY'),
  version: whole,
  time: whole,
  groups: record<TrancheBook['groups']>({ LONG: group, SHORT: group }),
  orders: pairs(order),
  averageCost: record<TrancheBook['averageCost']>({ LONG: averageCost, SHORT: averageCost, BOTH: averageCost }),
  checks: record<TrancheBook['checks']>({ LONG: nullable(check), SHORT: nullable(check), BOTH: nullable(check) }),
  fills: record<TrancheBook['fills']>({
    seen: pairs(seenFill),
    older: pairs(seenFill),
    watermarkId: nullable(text),
    watermarkTime: whole,
  }),
  fundingIds: list(text),
  unallocatedFunding: byName(money),
  lastFillTime: whole,
  mark: nullable(record<Mark>({ price, time: whole })),
  nextTranche: whole,
  nextIntent: whole,
  pauses: list(word('pause', 'gracefulStop', 'killSwitch', 'driftHalt')),
  conflict: nullable(text),
  breakers: pairs(record<Breaker>({ failures: whole, lastTime: whole })),
  leverage: nullable(whole),
  unprotectedSince: nullable(whole),
})
