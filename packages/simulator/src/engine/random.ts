/** A source of chance that gives the same sequence for the same seed, on every machine. */
export interface Random {
  /** A whole number from 0 to `below` − 1. `below` is at most 2^32. */
  next(below: number): number
  /** True in `perMille` of a thousand cases. */
  chance(perMille: number): boolean
  /** That many characters of `A–Z a–z 0–9`. */
  text(length: number): string
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Four words of state from one seed, so that neighbouring seeds share nothing. */
function spread(seed: number): [number, number, number, number] {
  let word = seed | 0
  const next = (): number => {
    word = (word + 0x9e3779b9) | 0
    let mixed = Math.imul(word ^ (word >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return mixed ^ (mixed >>> 15)
  }
  return [next(), next(), next(), next() | 1]
}

/** A small fast counter generator (sfc32). @see https://pracrand.sourceforge.net */
export function createRandom(seed: number): Random {
  let [a, b, c, counter] = spread(seed)
  const word = (): number => {
    const result = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + result
    c |= 0
    return result >>> 0
  }
  for (let warmUp = 0; warmUp < 12; warmUp += 1) word()
  const next = (below: number): number => Math.floor((word() / 0x1_0000_0000) * below)
  return {
    next,
    chance: (perMille) => next(1000) < perMille,
    text: (length) => Array.from({ length }, () => LETTERS.charAt(next(LETTERS.length))).join(''),
  }
}
