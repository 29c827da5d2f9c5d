import { createHmac, randomBytes } from 'node:crypto'
import { isSameSecret } from '../server/sessions.js'

/** How long a preview may be acted upon, ms. */
export const CONFIRM_WITHIN_MS = 60_000

/** A confirmation and when it is no longer taken, epoch ms. */
export interface Confirmation {
  readonly token: string
  readonly expiresTime: number
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]))
}

/** Proofs that an action was previewed as it is: good for that action, for a minute, once. */
export class Confirmations {
  private readonly key = randomBytes(32)
  private readonly used = new Map<string, number>()
  private readonly now: () => number

  constructor(now: () => number = Date.now) {
    this.now = now
  }

  give(action: unknown): Confirmation {
    const expiresTime = this.now() + CONFIRM_WITHIN_MS
    const head = `${expiresTime}.${randomBytes(12).toString('base64url')}`
    return { token: `${head}.${this.sign(head, action)}`, expiresTime }
  }

  /** Uses a confirmation up; the answer says what is wrong with it, `null` = nothing. */
  take(token: string, action: unknown): string | null {
    const [expires = '', nonce = '', signature = ''] = token.split('.')
    const head = `${expires}.${nonce}`
    if (!isSameSecret(signature, this.sign(head, action))) return 'it belongs to another action'
    if (Number(expires) < this.now()) return 'it is too old'
    if (this.used.has(nonce)) return 'it was used before'
    this.forget()
    this.used.set(nonce, Number(expires))
    return null
  }

  private sign(head: string, action: unknown): string {
    return createHmac('sha256', this.key)
      .update(`${head}.${JSON.stringify(sorted(action))}`)
      .digest('base64url')
  }

  private forget(): void {
    for (const [nonce, expires] of this.used) if (expires < this.now()) this.used.delete(nonce)
  }
}
