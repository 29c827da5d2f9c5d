import type { ComponentChildren, JSX } from 'preact'

/** A column: `figure` columns are aligned right. */
export interface Column<Row> {
  readonly title: string
  readonly type: 'text' | 'figure'
  readonly cell: (row: Row) => ComponentChildren
}

/** Rows in columns. */
export interface TableProps<Row> {
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row, index: number) => string
  readonly foot?: Row | null
}

function cells<Row>(columns: readonly Column<Row>[], row: Row): JSX.Element[] {
  return columns.map(({ title, type, cell }) => (
    <td key={title} class={type} data-title={title}>
      {cell(row)}
    </td>
  ))
}

/** The titles of columns. */
export function TableHead({
  columns,
}: {
  readonly columns: readonly Pick<Column<never>, 'title' | 'type'>[]
}): JSX.Element {
  return (
    <thead>
      <tr>
        {columns.map(({ title, type }) => (
          <th key={title} class={type} scope="col">
            {title}
          </th>
        ))}
      </tr>
    </thead>
  )
}

/** A table that scrolls sideways by itself where the page is too narrow for it. */
export function Table<Row>({ caption, columns, rows, keyOf, foot = null }: TableProps<Row>): JSX.Element {
  return (
    <div class="scroll bounded" tabIndex={0} role="group" aria-label={caption}>
      <table>
        <TableHead columns={columns} />
        <tbody>
          {rows.map((row, index) => (
            <tr key={keyOf(row, index)}>{cells(columns, row)}</tr>
          ))}
        </tbody>
        {foot !== null && (
          <tfoot>
            <tr>{cells(columns, foot)}</tr>
          </tfoot>
        )}
      </table>
    </div>
  )
}
