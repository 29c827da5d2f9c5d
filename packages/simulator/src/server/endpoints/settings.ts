import { setHedgeMode, setLeverage, setMarginType } from '../../engine/settings.js'
import type { Endpoint } from '../context.js'
import { missing, RequestRefusal } from '../request-refusal.js'
import { marketOf } from '../../engine/exchange.js'
import { largestAt } from '../../engine/margin.js'
import { amountText } from '../wire/figures.js'
import { accepted } from './orders.js'
import { symbolOf } from './order-terms.js'

const DONE = { code: 200, msg: 'success' } as const

/** `POST leverage` */
export const leverage: Endpoint = (call) => {
  const { exchange, account } = call.context
  const symbol = symbolOf(call)
  const asked = call.params.integer('leverage')
  if (asked === null) throw missing('leverage')
  accepted(setLeverage(exchange, account.id, { symbol, leverage: asked }))
  return { symbol, leverage: asked, maxNotionalValue: amountText(largestAt(marketOf(exchange, symbol), asked)) }
}

/** `POST marginType` */
export const marginType: Endpoint = (call) => {
  const { exchange, account } = call.context
  const asked = call.params.word('marginType', ['ISOLATED', 'CROSSED'], { otherwise: null, code: -1130 })
  accepted(setMarginType(exchange, account.id, { symbol: symbolOf(call), marginType: asked }))
  return DONE
}

/** `POST positionSide/dual` */
export const changeMode: Endpoint = ({ context, params }) => {
  params.need('dualSidePosition')
  accepted(setHedgeMode(context.exchange, context.account.id, params.flag('dualSidePosition')))
  return DONE
}

/** `GET positionSide/dual` */
export const mode: Endpoint = ({ context }) => ({ dualSidePosition: context.account.isHedge })

/** `GET multiAssetsMargin` */
export const multiAssets: Endpoint = () => ({ multiAssetsMargin: false })

/** `POST multiAssetsMargin`: single-asset margin is all there is. */
export const changeMultiAssets: Endpoint = ({ params }) => {
  if (params.flag('multiAssetsMargin')) throw new RequestRefusal(-4168, 'Multi-assets margin is not available here.')
  throw new RequestRefusal(-4171, 'No need to change multi-assets mode.')
}

/** `POST listenKey` */
export const createListenKey: Endpoint = ({ context }) => ({
  listenKey: context.listenKeys.create(context.exchange.time),
})

/** `PUT listenKey` */
export const extendListenKey: Endpoint = ({ context }) => {
  const { exchange, listenKeys } = context
  if (!listenKeys.extend(exchange.time)) throw new RequestRefusal(-1125, 'This listenKey does not exist.')
  return context.dialect === 'binance' ? { listenKey: listenKeys.create(exchange.time) } : {}
}

/** `DELETE listenKey` */
export const closeListenKey: Endpoint = ({ context }) => {
  context.listenKeys.revoke()
  return {}
}
