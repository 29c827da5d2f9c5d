import { isBalanceSource } from '@tranchebook/adapters'
import { describeDamage } from '../account/describe-damage.js'
import type { Finding, FindingLevel, RepairSetup } from './repair-setup.js'

function found(level: FindingLevel, code: string, message: string): readonly Finding[] {
  return [{ level, code, symbol: null, message }]
}

/** Whether the venue answers to our keys. */
export async function checkKeys({ venue, account }: RepairSetup): Promise<readonly Finding[]> {
  await venue.fetchPositionMode()
  return found('fine', 'keys', `${venue.name} accepts the keys of ${account}`)
}

/** Asks for the cancel of an order that cannot exist: whoever may trade hears that it is unknown. */
export async function checkPermission({ venue }: RepairSetup, symbol: string | null): Promise<readonly Finding[]> {
  if (symbol === null)
    return found('warning', 'permission', 'no symbol is configured, so the permission to trade was not tried')
  const result = await venue.cancel({
    symbol,
    clientOrderId: 'tb-doctor-no-such-order',
    orderType: 'LIMIT',
    isProtection: true,
    venueOrderId: null,
    childOrderId: null,
  })
  if (result.outcome === 'refused' && result.reason === 'unknown-order')
    return found('fine', 'permission', 'the key may trade (a cancel of an order that does not exist was understood)')
  if (result.outcome === 'refused' && result.reason === 'credentials')
    return found(
      'problem',
      'permission',
      `the key may not trade: ${result.message}; allow futures trading for it, and this address`,
    )
  const message = 'message' in result ? result.message : 'it was acknowledged'
  return found(
    'warning',
    'permission',
    `a cancel of an order that does not exist was not answered as expected: ${message}`,
  )
}

const CLOCK = { warnMs: 500, mostMs: 4000, slowMs: 1500 }

/** How far our clock is from the venue's, and how long an answer takes. Requests carry the venue's time; events carry ours. */
export async function checkClock({ venue }: RepairSetup): Promise<readonly Finding[]> {
  const { offsetMs, roundTripMs } = await venue.syncClock()
  const apart = Math.abs(offsetMs)
  const text = `this clock is ${Math.round(apart)} ms ${offsetMs < 0 ? 'ahead of' : 'behind'} the venue's, an answer takes ${Math.round(roundTripMs)} ms`
  if (apart > CLOCK.mostMs) return found('problem', 'clock', `${text}; keep it right by NTP`)
  if (apart > CLOCK.warnMs || roundTripMs > CLOCK.slowMs)
    return found('warning', 'clock', `${text}; see to NTP and the connection`)
  return found('fine', 'clock', text)
}

/** Whether account and configuration hold positions the same way. */
export async function checkMode({ venue, config }: RepairSetup): Promise<readonly Finding[]> {
  const actual = await venue.fetchPositionMode()
  if (actual === config.positionMode) return found('fine', 'positionMode', `position mode is ${actual}, as configured`)
  return found(
    'problem',
    'positionMode',
    `expected position mode ${config.positionMode}, the account is in ${actual}: change positionMode, or the mode at the venue while it is flat`,
  )
}

/** Whether the tables to query follow the log. Nothing is decided by them. */
async function checkTables(store: RepairSetup['store']): Promise<readonly Finding[]> {
  const staleSince = await store.projectionsStaleSince()
  if (staleSince === null) return []
  const message = `the tables of tranches, orders and fills do not follow the log since position ${staleSince}: tranchebook db rebuild`
  return found('warning', 'tables', message)
}

/** Whether the log is whole. */
export async function checkLog({ store }: RepairSetup): Promise<readonly Finding[]> {
  const report = await store.verify()
  if (report.status !== 'clean') return found('problem', 'log', describeDamage(report))
  return [...found('fine', 'log', 'the hash chain of the log is whole'), ...(await checkTables(store))]
}

/** What new positions may still use. */
export async function checkMargin({ venue }: RepairSetup): Promise<readonly Finding[]> {
  if (!isBalanceSource(venue)) return found('warning', 'margin', `${venue.name} does not say what the account holds`)
  const balances = await venue.fetchBalances()
  const held = balances.filter(({ walletBalance }) => Number(walletBalance) !== 0)
  if (held.length === 0)
    return found('problem', 'margin', 'the account holds nothing: entries would be refused for want of margin')
  const texts = held.map(
    ({ asset, walletBalance, availableBalance }) => `${availableBalance} of ${walletBalance} ${asset}`,
  )
  const isSpent = held.every(({ availableBalance }) => Number(availableBalance) <= 0)
  return found(isSpent ? 'problem' : 'fine', 'margin', `available: ${texts.join(', ')}`)
}
