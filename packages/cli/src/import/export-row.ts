/** A row of a venue's export: text by column, with the line it came from. */
export interface ExportRow {
  readonly line: number
  readonly cells: ReadonlyMap<string, string>
}

/** An export as rows of text. */
export interface ExportTable {
  /** Column names as {@link columnName} writes them. */
  readonly columns: readonly string[]
  readonly rows: readonly ExportRow[]
}

/** A row that cannot be read: what was expected and what came. */
export class RowProblem extends Error {}

/** A column name without case, spaces or punctuation: `Fee Coin` and `feeCoin` are one. */
export function columnName(title: string): string {
  return title.toLowerCase().replaceAll(/[^a-z0-9+:-]/g, '')
}
