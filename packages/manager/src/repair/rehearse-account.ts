import { isConditional, type OpenOrder, systemClock } from '@tranchebook/adapters'
import {
  type CommandInput,
  InvariantError,
  type PositionInput,
  type PositionMode,
  type SymbolConfig,
  type TrancheBook,
} from '@tranchebook/core'
import { prepareBook, type PreparedBook, symbolsOf } from '../account/prepare-account.js'
import { ManagerError } from '../manager-error.js'
import { rehearseBook, type RehearsedBook, type VenueFacts } from './rehearse-book.js'
import type { RepairScope, RepairSetup } from './repair-setup.js'

/** What an account would do if it were compared with the venue now. Nothing of it was recorded or sent. */
export interface Rehearsal {
  readonly account: string
  /** The venue's time, epoch ms. */
  readonly time: number
  /** As the venue says. */
  readonly positionMode: PositionMode
  readonly books: readonly RehearsedBook[]
  /** Open positions in symbols that are neither configured nor recorded; none where symbols were named. */
  readonly unmanaged: readonly UnmanagedPosition[]
  /** Books whose log does not fold to its end, or that cannot decide on what the venue says. */
  readonly broken: readonly BrokenBook[]
  /** Symbols that were asked for and that the venue does not list. */
  readonly unlisted: readonly string[]
}

/** A position of a symbol that no book keeps, and what rests there. */
export interface UnmanagedPosition {
  readonly position: PositionInput
  readonly openOrders: readonly OpenOrder[]
}

/** A book of which nobody knows how it stands, and what the venue has of its symbol. */
export interface BrokenBook {
  readonly symbol: string
  /** What does not fit, and where. */
  readonly why: string
  readonly positions: readonly PositionInput[]
  readonly openOrders: readonly OpenOrder[]
}

/** What is rehearsed: which books, and how they are configured for it where not as they are. */
export interface RehearsalScope extends RepairScope {
  readonly adjust?: (config: SymbolConfig) => SymbolConfig
  /** Given to each book before its protection is reviewed. */
  readonly commands?: (book: TrancheBook, time: number) => readonly CommandInput[]
}

async function readFacts(
  setup: RepairSetup,
  { adjust = (config) => config, commands }: Pick<RehearsalScope, 'adjust' | 'commands'>,
): Promise<VenueFacts> {
  const { venue, config, closingRules = new Map(), clock = systemClock } = setup
  const { offsetMs } = await venue.syncClock()
  const instruments = new Map((await venue.fetchInstruments()).map((instrument) => [instrument.symbol, instrument]))
  const openOrders = await venue.fetchOpenOrders(null)
  const now = clock.now() + offsetMs
  const positions = await venue.fetchPositions([...instruments.keys()])
  const { maxConditionalOrders } = venue.capabilities
  const conditional = openOrders.filter((order) => order.orderType === null || isConditional(order.orderType)).length
  const conditionalRoom = maxConditionalOrders === null ? null : maxConditionalOrders - conditional
  return {
    venue,
    now,
    openOrders,
    positions,
    instruments,
    limits: config.limits,
    closingRules,
    conditionalRoom,
    adjust,
    ...(commands === undefined ? {} : { commands }),
  }
}

function atVenue({ positions, openOrders }: VenueFacts, symbol: string): Pick<BrokenBook, 'positions' | 'openOrders'> {
  const isOf = (one: { readonly symbol: string }): boolean => one.symbol === symbol
  return { positions: positions.filter(isOf), openOrders: openOrders.filter(isOf) }
}

/** A law that is broken in one book says nothing about the others. */
async function rehearseOrFail(prepared: PreparedBook, facts: VenueFacts): Promise<RehearsedBook | InvariantError> {
  const { failure } = prepared.recovered
  if (failure !== null) return failure
  try {
    return await rehearseBook(prepared, facts)
  } catch (error) {
    if (error instanceof InvariantError) return error
    throw error
  }
}

function unmanagedOf({ positions, openOrders }: VenueFacts, managed: readonly string[]): readonly UnmanagedPosition[] {
  return positions
    .filter(({ quantity, symbol }) => quantity !== 0n && !managed.includes(symbol))
    .map((position) => ({ position, openOrders: openOrders.filter(({ symbol }) => symbol === position.symbol) }))
}

/** A name that is mistyped must not look like a position without a stop. @throws {ManagerError} `manager.unknown-symbol` */
export function assertManaged(symbols: readonly string[] | undefined, managed: readonly string[]): void {
  const unknown = symbols?.find((symbol) => !managed.includes(symbol))
  if (unknown === undefined) return
  throw new ManagerError(
    'manager.unknown-symbol',
    `${unknown} is not managed: add it to the configuration's symbols, or name one of ${managed.join(', ')}`,
    { details: { symbol: unknown } },
  )
}

/**
 * Compares an account with its venue in memory: reads the log and the venue, decides, and keeps nothing. It needs no lease, and may
 * run beside the process that owns the account: what that process is sending right now is not in it.
 *
 * @throws {VenueError} where the venue could not be asked
 * @throws {ManagerError} `manager.position-mode` where a book was kept in another mode; `manager.unknown-symbol`
 */
export async function rehearseAccount(setup: RepairSetup, scope: RehearsalScope = {}): Promise<Rehearsal> {
  const managed = await symbolsOf(setup)
  assertManaged(scope.symbols, managed)
  const wanted = scope.symbols ?? managed
  const facts = await readFacts(setup, scope)
  const positionMode = await setup.venue.fetchPositionMode()
  const listed = wanted.filter((symbol) => facts.instruments.has(symbol))
  const books: RehearsedBook[] = []
  const broken: BrokenBook[] = []
  for (const symbol of listed) {
    const rehearsed = await rehearseOrFail(await prepareBook(setup, symbol, facts.now), facts)
    if (rehearsed instanceof InvariantError) broken.push({ symbol, why: rehearsed.message, ...atVenue(facts, symbol) })
    else books.push(rehearsed)
  }
  const unlisted = wanted.filter((symbol) => !facts.instruments.has(symbol))
  const unmanaged = scope.symbols === undefined ? unmanagedOf(facts, wanted) : []
  return { account: setup.account, time: facts.now, positionMode, books, broken, unmanaged, unlisted }
}
