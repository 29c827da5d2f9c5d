import { recordOf } from '../../wire/wire-fields.js'

/** The payload, with or without the envelope `{"stream":…,"data":…}` of combined streams. */
export function payloadOf(value: unknown): unknown {
  if (Array.isArray(value)) return value
  const record = recordOf(value, 'stream message')
  return 'stream' in record && 'data' in record ? record['data'] : record
}

/** Name of the event; `null` for answers to commands and for lists. */
export function eventNameOf(payload: unknown): string | null {
  if (Array.isArray(payload)) return null
  const name = recordOf(payload, 'stream message')['e']
  return typeof name === 'string' ? name : null
}
