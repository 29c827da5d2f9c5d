/** Options of one symbol by their names in a configuration file. Decimals may be text or plain numbers. */
export type OptionsFile = Readonly<Record<string, unknown>>

/** A configuration file as plain JSON. */
export interface ConfigFile {
  readonly positionMode: 'HEDGE' | 'ONE_WAY'
  readonly account?: string
  readonly limits?: OptionsFile
  readonly defaults: OptionsFile
  readonly symbols?: Readonly<Record<string, OptionsFile>>
}
