import type { ColumnType, Generated } from 'kysely'

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
  id: string
  side: string
  label: string | null
  origin: string
  status: string
  isolated: number
  isolated_time: Whole | null
  isolated_price: Decimal | null
  quantity: Decimal
  original_quantity: Decimal
  cost: Decimal
  basis_cost: Decimal
  basis_quantity: Decimal
  entry_price: Decimal
  entry_time: Whole
  entry_order_id: string | null
  leverage: number
  take_profit_percent: Decimal | null
  stop_loss_percent: Decimal | null
  tp_price: Decimal | null
  sl_price: Decimal | null
  realized_pnl: Decimal
  exit_quantity: Decimal
  exit_price: Decimal | null
  exit_time: Whole | null
  exit_reason: string | null
  price_estimated: number
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
  intent: number
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
  allocation: string
  level: number | null
  reason: string
  status: string
  filled: Decimal
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
  tranche_streams: StreamTable
  tranche_leases: LeaseTable
  tranche_snapshots: SnapshotTable
  tranche_checkpoints: CheckpointTable
  tranches: TrancheTable
  tranche_costs: TrancheCostTable
  tranche_orders: OrderTable
  tranche_fills: FillTable
}
