type ColumnType = 'text' | 'numeric' | 'bigint' | 'integer' | 'smallint' | 'json'
type Columns = Readonly<Record<string, ColumnType>>

const TRANCHE = {
  side: 'text',
  label: 'text',
  origin: 'text',
  status: 'text',
  quantity: 'numeric',
  original_quantity: 'numeric',
  cost: 'numeric',
  basis_cost: 'numeric',
  basis_quantity: 'numeric',
  entry_time: 'bigint',
  entry_order_id: 'text',
  leverage: 'numeric',
  tp_percent: 'numeric',
  sl_percent: 'numeric',
  tp_price: 'numeric',
  sl_price: 'numeric',
  price_estimated: 'smallint',
} satisfies Columns

/** What a later event may set on a tranche. */
const TRANCHE_SET = {
  label: 'text',
  status: 'text',
  isolated: 'smallint',
  isolation_time: 'bigint',
  isolation_price: 'numeric',
  entry_order_id: 'text',
  tp_price: 'numeric',
  sl_price: 'numeric',
  exit_time: 'bigint',
  exit_reason: 'text',
  price_estimated: 'smallint',
} satisfies Columns

/** What a later event may add to a tranche. */
const TRANCHE_ADD = ['quantity', 'cost', 'realized_pnl', 'exit_quantity', 'exit_notional'] as const

const ORDER = {
  intent: 'bigint',
  attempt: 'integer',
  purpose: 'text',
  order_type: 'text',
  side: 'text',
  order_side: 'text',
  position_side: 'text',
  quantity: 'numeric',
  price: 'numeric',
  trigger_price: 'numeric',
  reduce_only: 'smallint',
  close_position: 'smallint',
  tranche_id: 'text',
  allocation: 'json',
  level: 'integer',
  reason: 'text',
  status: 'text',
  intended_time: 'bigint',
} satisfies Columns

const ORDER_SET = {
  venue_order_id: 'text',
  child_order_id: 'text',
  status: 'text',
  ending: 'text',
  refusal: 'text',
  closed_time: 'bigint',
} satisfies Columns

const FILL = {
  order_id: 'text',
  client_order_id: 'text',
  side: 'text',
  position_side: 'text',
  quantity: 'numeric',
  price: 'numeric',
  fee: 'numeric',
  fee_asset: 'text',
  venue_realized_pnl: 'numeric',
  maker: 'smallint',
  kind: 'text',
  late: 'smallint',
  fill_time: 'bigint',
} satisfies Columns

const read = (name: string, type: ColumnType): string =>
  type === 'json' ? `(c.r -> '${name}')::json` : type === 'text' ? `c.r ->> '${name}'` : `(c.r ->> '${name}')::${type}`

/** INSERT of the key columns and of all `columns` from the change's JSON. */
const insert = (table: string, key: string, columns: Columns): string => `
      INSERT INTO ${table} (account, symbol, ${key}, version, ${Object.keys(columns).join(', ')})
      VALUES (c.a, c.y, c.k, c.n, ${Object.entries(columns)
        .map(([name, type]) => read(name, type))
        .join(', ')})
      ON CONFLICT (account, symbol, ${key}) DO NOTHING;`

/** Sets the columns that the change names; a column it does not name keeps its value. */
const sets = (columns: Columns): string =>
  Object.entries(columns)
    .map(([name, type]) => `${name} = CASE WHEN c.r -> '${name}' IS NULL THEN t.${name} ELSE ${read(name, type)} END`)
    .join(', ')

const OWN = (key: string): string => `t.account = c.a AND t.symbol = c.y AND t.${key} = c.k`

/** Makes the average entry follow what the tranche holds now. */
const REBASE = `
      IF c.r -> 'rebase' IS NOT NULL THEN
        UPDATE tranches t SET basis_cost = t.cost, basis_quantity = t.quantity,
          original_quantity = greatest(t.original_quantity, t.quantity) WHERE ${OWN('id')} AND t.quantity > 0;
      END IF;`

/**
 * Applies changes to the projections, in order. A corrected entry belongs to what is open and to what was closed of the
 * tranche, in proportion, cut at 24 decimals like the core's. A change names its group `g` in the append (groups without a base in
 * `p_bases` are left out), the operation `o`, the book `a`/`y`, the key `k`, its event `n` (from 1) and the row `r`.
 */
export const PROJECT = `CREATE OR REPLACE FUNCTION tranche_project(p_changes json, p_bases bigint[])
RETURNS void LANGUAGE plpgsql AS $$
DECLARE c record;
BEGIN
  FOR c IN SELECT x.o, x.a, x.y, x.k, x.r, p_bases[x.g + 1] + x.n AS n
    FROM json_to_recordset(p_changes) AS x(g integer, o text, a text, y text, k text, n bigint, r jsonb)
    WHERE p_bases[x.g + 1] IS NOT NULL
  LOOP
    IF c.o = 'fill' THEN ${insert('tranche_fills', 'trade_id', FILL)}
    ELSIF c.o = 'order' THEN ${insert('tranche_orders', 'client_order_id', ORDER)}
    ELSIF c.o = 'order.change' THEN
      UPDATE tranche_orders t SET version = c.n, ${sets(ORDER_SET)} WHERE ${OWN('client_order_id')};
    ELSIF c.o = 'order.fill' THEN
      UPDATE tranche_orders t SET version = c.n, filled = t.filled + (c.r ->> 'filled')::numeric
        WHERE t.account = c.a AND t.symbol = c.y AND t.client_order_id = c.k;
    ELSIF c.o = 'tranche' THEN ${insert('tranches', 'id', TRANCHE)}
    ELSIF c.o = 'tranche.change' THEN
      UPDATE tranches t SET version = c.n,
        ${TRANCHE_ADD.map((name) => `${name} = t.${name} + coalesce((c.r ->> '+${name}')::numeric, 0)`).join(', ')},
        ${sets(TRANCHE_SET)}
        WHERE ${OWN('id')};
      ${REBASE}
    ELSIF c.o = 'tranche.entry' THEN
      UPDATE tranches t SET version = c.n, cost = t.cost + p.open,
        realized_pnl = t.realized_pnl + CASE t.side WHEN 'LONG' THEN p.open - p.whole ELSE p.whole - p.open END,
        price_estimated = (c.r ->> 'price_estimated')::smallint
      FROM (SELECT x.whole, coalesce(div(x.whole * f.quantity * 1e24, nullif(f.quantity + f.exit_quantity, 0)) * 1e-24, 0) AS open
        FROM tranches f, (SELECT (c.r ->> 'correction')::numeric) AS x(whole)
        WHERE f.account = c.a AND f.symbol = c.y AND f.id = c.k) p
      WHERE ${OWN('id')};
      ${REBASE}
    ELSIF c.o = 'tranche.note' THEN
      UPDATE tranches t SET version = c.n, notes = (t.notes::jsonb || (c.r -> 'notes'))::json WHERE ${OWN('id')};
    ELSIF c.o = 'tranche.merge' THEN
      UPDATE tranches t SET version = c.n, quantity = t.quantity + m.quantity, cost = t.cost + m.cost,
        realized_pnl = t.realized_pnl + m.realized_pnl, exit_quantity = t.exit_quantity + m.exit_quantity,
        exit_notional = t.exit_notional + m.exit_notional, entry_time = least(t.entry_time, m.entry_time),
        price_estimated = greatest(t.price_estimated, m.price_estimated),
        notes = (t.notes::jsonb || m.notes)::json,
        ${sets({ tp_price: 'numeric', sl_price: 'numeric' })}
      FROM (SELECT sum(f.quantity) AS quantity, sum(f.cost) AS cost, sum(f.realized_pnl) AS realized_pnl,
          sum(f.exit_quantity) AS exit_quantity, sum(f.exit_notional) AS exit_notional,
          min(f.entry_time) AS entry_time, max(f.price_estimated) AS price_estimated,
          (SELECT coalesce(jsonb_agg(note.value ORDER BY b.place, note.place), '[]')
            FROM jsonb_array_elements_text(c.r -> 'absorbed') WITH ORDINALITY AS b(id, place)
            JOIN tranches g ON g.account = c.a AND g.symbol = c.y AND g.id = b.id,
            jsonb_array_elements(g.notes::jsonb) WITH ORDINALITY AS note(value, place)) AS notes
        FROM tranches f WHERE f.account = c.a AND f.symbol = c.y
          AND f.id IN (SELECT jsonb_array_elements_text(c.r -> 'absorbed'))) m
      WHERE ${OWN('id')} AND m.quantity IS NOT NULL;
      UPDATE tranches t SET version = c.n, status = 'merged', merged_into = c.k, quantity = 0, cost = 0, isolated = 0,
          realized_pnl = 0, exit_quantity = 0, exit_notional = 0, exit_time = (c.r ->> 'time')::bigint, exit_reason = 'merged'
        WHERE t.account = c.a AND t.symbol = c.y AND t.id IN (SELECT jsonb_array_elements_text(c.r -> 'absorbed'));
      INSERT INTO tranche_costs AS t SELECT f.account, f.symbol, c.k, f.kind, f.asset, sum(f.amount) FROM tranche_costs f
        WHERE f.account = c.a AND f.symbol = c.y AND f.tranche_id IN (SELECT jsonb_array_elements_text(c.r -> 'absorbed'))
        GROUP BY f.account, f.symbol, f.kind, f.asset
        ON CONFLICT (account, symbol, tranche_id, kind, asset) DO UPDATE SET amount = t.amount + excluded.amount;
      DELETE FROM tranche_costs t WHERE t.account = c.a AND t.symbol = c.y
        AND t.tranche_id IN (SELECT jsonb_array_elements_text(c.r -> 'absorbed'));
      ${REBASE}
    ELSIF c.o = 'cost' THEN
      INSERT INTO tranche_costs AS t VALUES (c.a, c.y, c.k, c.r ->> 'kind', c.r ->> 'asset', (c.r ->> 'amount')::numeric)
        ON CONFLICT (account, symbol, tranche_id, kind, asset) DO UPDATE SET amount = t.amount + excluded.amount;
    ELSIF c.o = 'fill.fee' THEN
      UPDATE tranche_fills t SET version = c.n, fee = (c.r ->> 'fee')::numeric, fee_asset = c.r ->> 'fee_asset'
        WHERE ${OWN('trade_id')};
    ELSE
      RAISE EXCEPTION 'projections do not know the change %', c.o;
    END IF;
  END LOOP;
END $$`
