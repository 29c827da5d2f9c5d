import { integer, optionalFlag, recordOf, text } from '../../wire/wire-fields.js'

/** A setting that changed: leverage of a symbol, or the account's modes. */
export type AccountConfigUpdate =
  | { readonly type: 'leverage'; readonly eventTime: number; readonly symbol: string; readonly leverage: number }
  | {
      readonly type: 'modes'
      readonly eventTime: number
      readonly isMultiAsset: boolean
      readonly isHedge: boolean | null
    }

/** @throws {InputError} `venue.payload.malformed` */
export function parseAccountConfigUpdate(value: unknown): AccountConfigUpdate {
  const record = recordOf(value, 'ACCOUNT_CONFIG_UPDATE')
  const eventTime = integer(record, 'E')
  if (record['ac'] != null) {
    const leverage = recordOf(record['ac'], 'ac')
    return { type: 'leverage', eventTime, symbol: text(leverage, 's'), leverage: integer(leverage, 'l') }
  }
  const modes = recordOf(record['ai'], 'ai')
  const isHedge = modes['d'] == null ? null : optionalFlag(modes, 'd')
  return { type: 'modes', eventTime, isMultiAsset: optionalFlag(modes, 'j'), isHedge }
}
