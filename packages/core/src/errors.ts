/** Plain JSON facts that travel with an error. Never holds a secret. */
export type ErrorDetails = Readonly<Record<string, unknown>>

/** Where the pages of `docs/` are read, without a slash at its end. Advice names them by it: installed packages do not hold them. */
export const DOCS_URL = 'https://github.com/tranchebook/tranchebook/blob/main/docs'

/** Root of every error this project throws on purpose. `code` is dotted, stable and has a heading in `docs/errors.md`. */
export class TranchebookError extends Error {
  readonly code: string
  readonly details: ErrorDetails
  readonly docsUrl: string

  constructor(
    code: string,
    message: string,
    options: { readonly details?: ErrorDetails; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = new.target.name
    this.code = code
    this.details = options.details ?? {}
    this.docsUrl = `${DOCS_URL}/errors.md#${code.replaceAll('.', '')}`
  }
}

/** Something came in that cannot be understood or is not allowed: what was expected, what came, what to do. */
export class InputError extends TranchebookError {}

/** A configuration that cannot be used. `details.problems` lists every finding, not only the first. */
export class ConfigError extends TranchebookError {}

/** A law of the book would be broken. The book it concerns stops; nothing was applied. */
export class InvariantError extends TranchebookError {}
