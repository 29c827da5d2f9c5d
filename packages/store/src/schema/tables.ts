import type { ColumnType, Generated, GeneratedAlways } from 'kysely'

/** `int8` and `numeric` travel as text; whole numbers of this schema stay far below 2^53. */
type Whole = ColumnType<string, number | string, number | string>
type Decimal = ColumnType<string, string, string>

interface LogTable {
  id: number
  log_id: string
  position: Whole
}

interface EventTable {
  position: Whole
  stream_id: string
  version: Whole
  event_id: string
  type: string
  schema_version: number
  tranche_id: string | null
  event_time: Whole
  recorded_time: Whole
  epoch: Whole | null
  data: string
  metadata: string | null
  hash: Uint8Array
}

interface StreamTable {
  stream_id: string
  version: Whole
  position: Whole
  hash: Uint8Array
  archived_version: Generated<Whole>
  /** Epoch of the account's lease; `null` = it never had one. */
  epoch: Whole | null
}

interface LeaseTable {
  scope: string
  holder: string
  epoch: Whole
  expires_time: Whole
}

interface SnapshotTable {
  stream_id: string
  version: Whole
  schema: string
  state: string
  seal: string
}

interface CheckpointTable {
  name: string
  position: Whole
  projection_version: number | null
}

interface TrancheTable {
  account: string
  symbol: string
  /** Unique in its book. */
  id: string
  side: string
  label: string | null
  origin: string
  /** `active`, `closed`, `liquidated` or `merged`. */
  status: string
  /** 1 or 0. */
  isolated: Generated<number>
  isolation_time: Whole | null
  isolation_price: Decimal | null
  quantity: Decimal
  original_quantity: Decimal
  cost: Decimal
  basis_cost: Decimal
  basis_quantity: Decimal
  /** Average, cut at 12 decimals. */
  entry_price: GeneratedAlways<string>
  entry_time: Whole
  entry_order_id: string | null
  leverage: Decimal
  margin_used: GeneratedAlways<string>
  tp_percent: Decimal | null
  sl_percent: Decimal | null
  tp_price: Decimal | null
  sl_price: Decimal | null
  realized_pnl: Generated<Decimal>
  exit_quantity: Generated<Decimal>
  exit_notional: Generated<Decimal>
  /** Average, cut at 12 decimals; `null` = nothing closed yet. */
  exit_price: GeneratedAlways<string | null>
  exit_time: Whole | null
  exit_reason: string | null
  merged_into: string | null
  price_estimated: Generated<number>
  notes: Generated<unknown>
  /** Version of the book that last changed it. */
  version: Whole
}

interface TrancheCostTable {
  account: string
  symbol: string
  tranche_id: string
  kind: string
  asset: string
  amount: Decimal
}

interface OrderTable {
  account: string
  symbol: string
  client_order_id: string
  venue_order_id: string | null
  child_order_id: string | null
  intent: Whole
  attempt: number
  purpose: string
  order_type: string
  side: string
  order_side: string
  position_side: string
  quantity: Decimal | null
  price: Decimal | null
  trigger_price: Decimal | null
  reduce_only: number
  close_position: number
  tranche_id: string | null
  allocation: unknown
  level: number | null
  reason: string
  /** `intended`, `working`, `unknown`, `cancelling`, or how it ended. */
  status: string
  /** How it ended at the venue while fills of it are still missing here. */
  ending: string | null
  refusal: string | null
  filled: Generated<Decimal>
  intended_time: Whole
  closed_time: Whole | null
  version: Whole
}

interface FillTable {
  account: string
  symbol: string
  trade_id: string
  order_id: string | null
  client_order_id: string | null
  side: string
  position_side: string
  quantity: Decimal
  price: Decimal
  fee: Decimal | null
  fee_asset: string | null
  venue_realized_pnl: Decimal | null
  maker: number | null
  kind: string
  late: number
  fill_time: Whole
  version: Whole
}

/** Tables of the store, as kysely sees them. */
export interface StoreTables {
  tranche_log: LogTable
  tranche_events: EventTable
  tranche_archive: EventTable
  /** The log and the archive. */
  tranche_history: EventTable
  tranche_streams: StreamTable
  tranche_leases: LeaseTable
  tranche_snapshots: SnapshotTable
  tranche_checkpoints: CheckpointTable
  tranches: TrancheTable
  tranche_costs: TrancheCostTable
  tranche_orders: OrderTable
  tranche_fills: FillTable
}
