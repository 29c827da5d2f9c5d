/** What the exit code of the command line says. Also in `docs/cli.md` and in `--help`. */
export const EXIT = {
  /** Done. Refused inputs and unknown starts were reported, unless `--strict` asked for 3. */
  fine: 0,
  /** `db verify`: the log is corrupt; the first bad event is named. */
  corrupt: 1,
  /** A file, a line or a configuration or a database that cannot be used. Nothing was written; nothing is on stdout but a report of `verify`, what `log tail` read before, and the other books where one does not fold. */
  badInput: 2,
  /** `--strict`: the answer is on stdout, but inputs were refused or a position began before the first fill. */
  strict: 3,
  /** The venue, or the process that runs the account, refused what was asked, or could not be asked; a port is taken. */
  refused: 4,
  /** `log replay --again`: something would be decided otherwise today; the answer is on stdout. */
  different: 5,
  /** `doctor` found what speaks against trading, or a repair left a problem; the report is on stdout. */
  unfit: 6,
  /** `verify-protection`, or a repair: something that is open is not covered by stops; the report is on stdout. */
  uncovered: 8,
  /** The command line itself was wrong. */
  usage: 64,
  /** A mistake of ours. */
  internal: 70,
  /** Stdout could not be written to, for example because the disk is full; what is there is not whole. */
  output: 74,
} as const

/** One of {@link EXIT}. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
