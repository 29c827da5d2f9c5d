/** The venue said no. `code` is the venue's own number. */
export interface Refusal {
  readonly type: 'refused'
  readonly code: number
  readonly message: string
}

/** @see https://developers.binance.com/docs/derivatives/usds-margined-futures/error-code */
const MESSAGES = {
  [-1102]: 'A mandatory parameter was not sent, was empty/null, or malformed.',
  [-1106]: "Parameter 'reduceonly' sent when not required.",
  [-1116]: 'Invalid orderType.',
  [-1121]: 'Invalid symbol.',
  [-1128]: 'Combination of optional parameters invalid.',
  [-1130]: "Data sent for parameter 'callbackRate' is not valid.",
  [-2011]: 'Unknown order sent.',
  [-2013]: 'Order does not exist.',
  [-2019]: 'Margin is insufficient.',
  [-2021]: 'Order would immediately trigger.',
  [-2022]: 'ReduceOnly Order is rejected.',
  [-2025]: 'Reach max open order limit.',
  [-2027]: 'Exceeded the maximum allowable position at current leverage.',
  [-2028]: 'Leverage is smaller than permitted: insufficient margin balance.',
  [-4001]: 'Price less than 0.',
  [-4002]: 'Price greater than max price.',
  [-4003]: 'Quantity less than zero.',
  [-4004]: 'Quantity less than min quantity.',
  [-4005]: 'Quantity greater than max quantity.',
  [-4006]: 'Stop price less than zero.',
  [-4007]: 'Stop price greater than max price.',
  [-4013]: 'Price less than min price.',
  [-4014]: 'Price not increased by tick size.',
  [-4015]: 'Client order id is not valid.',
  [-4016]: 'Limit price can not be higher than the band allows.',
  [-4023]: 'Qty not increased by step size.',
  [-4024]: 'Limit price can not be lower than the band allows.',
  [-4028]: 'Leverage is not valid.',
  [-4045]: 'Reach max stop order limit.',
  [-4046]: 'No need to change margin type.',
  [-4047]: 'Margin type cannot be changed if there exists open orders.',
  [-4048]: 'Margin type cannot be changed if there exists position.',
  [-4059]: 'No need to change position side.',
  [-4061]: "Order's position side does not match user's setting.",
  [-4067]: 'Position side cannot be changed if there exists open orders.',
  [-4068]: 'Position side cannot be changed if there exists position.',
  [-4116]: 'ClientOrderId is duplicated.',
  [-4118]: 'ReduceOnly Order Failed. Please check your existing position and open orders.',
  [-4130]: 'An open stop or take profit order with GTE and closePosition in the direction is existing.',
  [-4131]: "The counterparty's best price does not meet the PERCENT_PRICE filter limit.",
  [-4135]: 'Invalid activation price.',
  [-4137]: 'Quantity must be zero with closePosition equals true.',
  [-4138]: 'Reduce only must be true with closePosition equals true.',
  [-4140]: 'Invalid symbol status for opening position.',
  [-4141]: 'Symbol is closed.',
  [-4164]: "Order's notional must be no smaller than the minimum (unless you choose reduce only).",
  [-5021]: 'Due to the order could not be filled immediately, the FOK order has been rejected.',
  [-5022]: 'Due to the order could not be executed as maker, the Post Only order will be rejected.',
  [-5025]: 'Only limit order is supported.',
  [-5027]: 'No need to modify the order.',
  [-5029]: 'Order amount must be no smaller than the minimum.',
  [-5040]: 'The goodTillDate timestamp must be greater than the current time plus 600 seconds.',
  [-5038]: 'This order type does not support that.',
} as const satisfies Readonly<Record<number, string>>

/** A number of the table above. */
export type RefusalCode = keyof typeof MESSAGES

/** The refusal with that number, in the venue's words. */
export function refuse(code: RefusalCode): Refusal {
  return { type: 'refused', code, message: MESSAGES[code] }
}
