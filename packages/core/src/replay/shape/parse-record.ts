import { type Codec, refuse } from './codec.js'
import { isRecord, type JsonRecord } from './json.js'

/** One codec for every field of a record. */
export type Fields<T> = { readonly [Name in keyof T]-?: Codec<T[Name]> }

/** A record's codec, which writes an object. */
export interface RecordCodec<T> extends Codec<T> {
  readonly save: (value: T) => JsonRecord
}

/** A record of known fields, each of which must be there. */
export function record<T extends object>(fields: Fields<T>): RecordCodec<T> {
  const names = Object.keys(fields) as (keyof T & string)[]
  return {
    save: (value) => Object.fromEntries(names.map((name) => [name, fields[name].save(value[name])])),
    load(json, place) {
      if (!isRecord(json)) return refuse(place === '' ? 'book' : place, 'an object', json)
      const loaded = names.map((name) => [
        name,
        fields[name].load(json[name], place === '' ? name : `${place}.${name}`),
      ])
      return Object.fromEntries(loaded) as T
    },
  }
}
