/** What an answer is made of. A bigint is written as a plain number, however long: that is how the venues write their ids. */
export type Json =
  string | number | boolean | bigint | null | readonly Json[] | { readonly [name: string]: Json | undefined }

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

/** JSON text with every digit of its integers. Fields that are undefined are left out. */
export function jsonText(value: Json): string {
  if (typeof value === 'bigint') return value.toString()
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (isList(value)) return `[${value.map(jsonText).join(',')}]`
  const fields = Object.entries(value).flatMap(([name, field]) =>
    field === undefined ? [] : [`${JSON.stringify(name)}:${jsonText(field)}`],
  )
  return `{${fields.join(',')}}`
}
