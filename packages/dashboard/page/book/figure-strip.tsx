import type { ComponentChildren, JSX } from 'preact'
import type { BookView, GroupPanel } from '../../src/api/index.js'
import { Age } from '../parts/age.js'
import { AveragePrice, Figure, Gain, GainPercent } from '../parts/figure.js'
import { usePage } from '../parts/page-context.js'
import { SideMark } from '../parts/side.js'

const STALE_MS = 15_000

function Item({
  title,
  unit,
  hint,
  beside,
  children,
}: {
  readonly title: string
  readonly unit: string
  readonly hint?: string
  /** A figure of another unit, behind that of this one. */
  readonly beside?: ComponentChildren
  readonly children: ComponentChildren
}): JSX.Element {
  return (
    <div title={hint}>
      <dt>{title}</dt>
      <dd>
        {children} <span class="unit">{unit}</span> {beside}
      </dd>
    </div>
  )
}

function Venue({ group, unit }: { readonly group: GroupPanel; readonly unit: string }): JSX.Element {
  const { bridge, hasUnknownStart } = group
  return (
    <>
      <Item title="venue's realized" unit={unit} hint="As the venue reported it with its fills; by average cost">
        <Gain text={bridge.reported ?? null} />
      </Item>
      <Item title="bridge" unit={unit} hint="Average cost less our realized: it sits in the open tranches, 0 when flat">
        <Gain text={bridge.difference} />
      </Item>
      {hasUnknownStart && (
        <Item
          title="before our first fill"
          unit={unit}
          hint="What the venue realized on closes whose entry is not in the log"
        >
          <Gain text={bridge.unexplained} />
        </Item>
      )}
    </>
  )
}

/** The mark; grey with its age once it is old. */
function Mark({ book }: { readonly book: BookView }): JSX.Element {
  const page = usePage()
  const { mark, markTime, isPast, priceDecimals } = book
  const isRunning = page.account.loaded.value.value?.badge !== 'RECORDED' && !isPast
  const isStale = isRunning && markTime !== null && page.now.value - markTime > STALE_MS
  return (
    <span class={isStale ? 'unknown' : ''}>
      <Figure text={mark} decimals={priceDecimals} /> {isStale && <Age since={markTime} staleMs={STALE_MS} />}
    </span>
  )
}

function Side({ book, group }: { readonly book: BookView; readonly group: GroupPanel }): JSX.Element {
  const { priceDecimals, quantityDecimals, quoteAsset, baseAsset } = book
  return (
    <dl class="strip">
      <div class="strip-side">
        <dt>{group.phase.toLowerCase()}</dt>
        <dd>
          <SideMark side={group.side} />
        </dd>
      </div>
      <Item title="quantity" unit={baseAsset}>
        <Figure text={group.quantity} decimals={quantityDecimals} />
      </Item>
      <Item title="average" unit={quoteAsset}>
        <AveragePrice text={group.weightedAverageEntry} decimals={priceDecimals} />
      </Item>
      <Item
        title="breakeven"
        unit={quoteAsset}
        hint="Exit price that earns back the fees of what is open and pays its own"
      >
        <AveragePrice text={group.breakevenPrice} decimals={priceDecimals} />
      </Item>
      <Item title="mark" unit={quoteAsset}>
        <Mark book={book} />
      </Item>
      <Item
        title="unrealized"
        unit={quoteAsset}
        beside={group.pnlPercent !== null && <GainPercent text={group.pnlPercent} />}
      >
        <Gain text={group.unrealizedPnl} />
      </Item>
      <Item title="realized" unit={quoteAsset}>
        <Gain text={group.realizedPnl} />
      </Item>
      <Item title="fees" unit={quoteAsset} hint="Positive is paid">
        <Figure text={group.fees} decimals={2} />
      </Item>
      <Item title="funding" unit={quoteAsset} hint="Positive is received">
        <Gain text={group.funding} />
      </Item>
      <Item title="net" unit={quoteAsset} hint="Realized − fees + funding">
        <Gain text={group.netPnl} />
      </Item>
      <Venue group={group} unit={quoteAsset} />
    </dl>
  )
}

/** The figures of a book, one strip a side. */
export function FigureStrip({ book }: { readonly book: BookView }): JSX.Element {
  return (
    <div class="strips">
      {book.groups.map((group) => (
        <Side key={group.side} book={book} group={group} />
      ))}
    </div>
  )
}
