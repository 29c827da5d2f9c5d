/** Anything that JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | JsonRecord

/** A JSON object. */
export interface JsonRecord {
  readonly [key: string]: Json
}

/** Whether a value read from JSON is an object, not a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A value as an error message shows it: at most 60 characters. */
export function showJson(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
