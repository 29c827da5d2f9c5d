import type { Breaker, FeeOwed, Mark, PassedTrigger, SeenFill, TrancheBook } from '../../book/book.js'
import type { AverageCost, Estimate, PositionCheck, SyncStatus, TrancheGroup, UnmatchedFill } from '../../book/group.js'
import { byName, flag, list, money, nullable, pairs, price, quantity, text, whole, word } from './codec.js'
import { record } from './parse-record.js'
import { allocation, orderShape, positionSide, side, trancheShape } from './tranche-shape.js'

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

/** A group, field by field. */
export const groupShape = record<TrancheGroup>({
  side,
  tranches: list(trancheShape),
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

/** The venue's position at average cost, field by field. */
export const averageCostShape = record<AverageCost>({
  quantity,
  cost: money,
  realizedPnl: money,
  reportedPnl: nullable(money),
})

/** What the venue last said, field by field. */
export const checkShape = record<PositionCheck>({
  positionSide,
  quantity,
  entryPrice: nullable(price),
  markPrice: nullable(price),
  time: whole,
  status: nullable(word<NonNullable<SyncStatus>>('synced', 'drift', 'conflict')),
  difference: quantity,
  driftSince: nullable(whole),
  looks: whole,
})

const feeOwed = record<FeeOwed>({ side, tranche: text, quantity, isEntry: flag })
const seenFill = record<SeenFill>({ time: whole, side: nullable(side), net: quantity, owed: nullable(list(feeOwed)) })

const passedTrigger = record<PassedTrigger>({ clientOrderId: text, price, time: whole })

/** The whole state of a book, field by field; the compiler asks for every new one. */
export const bookShape = record<TrancheBook>({
  account: text,
  symbol: text,
  positionMode: word('HEDGE', 'ONE_WAY'),
  version: whole,
  time: whole,
  groups: record<TrancheBook['groups']>({ LONG: groupShape, SHORT: groupShape }),
  orders: pairs(orderShape),
  endedOrders: pairs(orderShape),
  averageCost: record<TrancheBook['averageCost']>({
    LONG: averageCostShape,
    SHORT: averageCostShape,
    BOTH: averageCostShape,
  }),
  checks: record<TrancheBook['checks']>({
    LONG: nullable(checkShape),
    SHORT: nullable(checkShape),
    BOTH: nullable(checkShape),
  }),
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
  passedTriggers: record<TrancheBook['passedTriggers']>({
    LONG: nullable(passedTrigger),
    SHORT: nullable(passedTrigger),
  }),
  leverage: nullable(whole),
  unprotectedSince: nullable(whole),
})
