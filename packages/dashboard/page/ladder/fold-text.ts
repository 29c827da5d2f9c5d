function cut(text: string, letters: number): string {
  return text.length <= letters ? text : `${text.slice(0, Math.max(1, letters - 1)).trimEnd()}…`
}

/** Breaks a text into at most so many lines of so many letters, at its blanks; what does not fit ends in `…`. */
export function foldText(text: string, letters: number, lines: number): readonly string[] {
  const room = Math.max(3, letters)
  const folded: string[] = []
  let rest = text
  while (rest.length > 0) {
    const isLast = folded.length === lines - 1
    const at = rest.length <= room ? rest.length : rest.lastIndexOf(' ', room)
    if (isLast || at <= 0) return [...folded, cut(rest, room)]
    folded.push(rest.slice(0, at))
    rest = rest.slice(at).trimStart()
  }
  return folded
}
