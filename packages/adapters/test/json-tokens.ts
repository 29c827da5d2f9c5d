const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[[\]{}:,]/g
const LONG = /^"-?\d[\d.]{15,}"$/

/** What a JSON text says, token by token: texts unescaped, short numbers by value, long ones digit by digit. */
export function tokensOf(text: string): readonly string[] {
  return (text.match(TOKEN) ?? []).map((token) => {
    if (LONG.test(token)) return token.slice(1, -1)
    if (token.startsWith('"')) return `text ${JSON.parse(token) as string}`
    const isNumber = /^-?\d/.test(token)
    return isNumber && token.replace(/[-.]/g, '').length < 16 ? String(Number(token)) : token
  })
}
