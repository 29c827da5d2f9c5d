/** Why a request was not answered. */
export interface ProblemView {
  /** Dotted, stable: `dashboard.no-session`. */
  readonly code: string
  /** What was expected, what came. */
  readonly message: string
  /** What to do. */
  readonly advice: string
}
