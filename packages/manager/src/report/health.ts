import type { Readiness } from '@tranchebook/core'

/** From the beginning to the end. */
export const HEALTH_STATUSES = ['starting', 'live', 'degraded', 'halted'] as const

/** `degraded` = no entries; `halted` = nothing is decided any more, or nothing but protection. */
export type HealthStatus = (typeof HEALTH_STATUSES)[number]

/** What is not as it should be. */
export interface HealthReason {
  readonly code: string
  readonly message: string
  readonly level: 'degraded' | 'halted'
  /** The book it concerns; `null` = all. */
  readonly symbol: string | null
  /** Epoch ms. */
  readonly since: number
}

/** How the manager is, in one value. */
export interface Health {
  readonly status: HealthStatus
  readonly reasons: readonly HealthReason[]
}

/** A reason before anybody noted when it began. */
export type Trouble = Omit<HealthReason, 'since'>

function keyOf({ code, symbol }: Pick<Trouble, 'code' | 'symbol'>): string {
  return `${code}/${symbol ?? ''}`
}

/** Collects what is wrong, and says what that means. */
export class HealthBoard {
  private readonly reasons = new Map<string, HealthReason>()
  private hasStarted = false
  private said = 'starting'
  private readonly now: () => number
  private readonly onChange: (health: Health) => void

  constructor(now: () => number, onChange: (health: Health) => void) {
    this.now = now
    this.onChange = onChange
  }

  get value(): Health {
    return { status: this.status(), reasons: [...this.reasons.values()] }
  }

  start(): void {
    this.hasStarted = true
    this.tell()
  }

  report(trouble: Trouble): void {
    const known = this.reasons.get(keyOf(trouble))
    this.reasons.set(keyOf(trouble), { ...trouble, since: known?.since ?? this.now() })
    this.tell()
  }

  /** Whether this is said now. */
  has(code: string, symbol: string | null = null): boolean {
    return this.reasons.has(keyOf({ code, symbol }))
  }

  clear(code: string, symbol: string | null = null): void {
    if (this.reasons.delete(keyOf({ code, symbol }))) this.tell()
  }

  /** Forgets what concerns one book: it is not ours any more. */
  clearSymbol(symbol: string): void {
    for (const { code, symbol: of } of this.reasons.values()) if (of === symbol) this.clear(code, symbol)
  }

  /** Whether entries of one book may be trusted to what we know. */
  readinessOf(symbol: string): Readiness {
    const reasons = [...this.reasons.values()].filter((reason) => reason.symbol === null || reason.symbol === symbol)
    const texts = reasons.map((reason) => reason.message)
    if (!this.hasStarted) texts.unshift('the manager is starting')
    return { isLive: texts.length === 0, reasons: texts }
  }

  private status(): HealthStatus {
    const reasons = [...this.reasons.values()]
    if (reasons.some((reason) => reason.level === 'halted' && reason.symbol === null)) return 'halted'
    if (!this.hasStarted) return 'starting'
    return reasons.length > 0 ? 'degraded' : 'live'
  }

  private tell(): void {
    const { value } = this
    const saying = [value.status, ...this.reasons.keys()].join(' ')
    if (saying === this.said) return
    this.said = saying
    this.onChange(value)
  }
}
