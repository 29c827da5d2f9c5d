import { signal, type ReadonlySignal } from '@preact/signals'
import type { ProblemView } from '../../src/api/index.js'
import type { ApiClient } from './api-client.js'

/** Something that is read from the server: what is known of it, and what went wrong. */
export interface Loaded<Value> {
  /** The last answer, for the path that is wanted now; `null` = none yet. */
  readonly value: Value | null
  readonly problem: ProblemView | null
}

const NOTHING = { value: null, problem: null }

/** Keeps one answer of the server: a new path starts anew, a refresh replaces what is shown only once it is there. */
export class Resource<Value> {
  private readonly client: ApiClient
  private readonly state = signal<Loaded<Value>>(NOTHING)
  private path: string | null = null
  private inFlight: AbortController | null = null
  private isStale = false

  constructor(client: ApiClient) {
    this.client = client
  }

  get loaded(): ReadonlySignal<Loaded<Value>> {
    return this.state
  }

  /** Shows what another path says; `keep` leaves the old answer in place until the new one is there. */
  show(path: string | null, keep = false): void {
    if (path === this.path) return
    this.path = path
    this.inFlight?.abort()
    this.inFlight = null
    this.isStale = false
    if (path === null || !keep) this.state.value = NOTHING
    this.refresh()
  }

  /** Reads again; requests that come while one is under way are answered by one more. */
  refresh(): void {
    if (this.inFlight !== null) {
      this.isStale = true
      return
    }
    if (this.path !== null) void this.load(this.path)
  }

  /** Changes the shown answer without asking, for figures that the stream brought. */
  patch(change: (value: Value) => Value): void {
    const { value } = this.state.value
    if (value === null) return
    const changed = change(value)
    if (changed !== value) this.state.value = { ...this.state.value, value: changed }
  }

  private async load(path: string): Promise<void> {
    const controller = new AbortController()
    this.inFlight = controller
    const answer = await this.client.read<Value>(path, controller.signal)
    if (this.inFlight !== controller) return
    this.inFlight = null
    this.state.value =
      answer.type === 'answer'
        ? { value: answer.value, problem: null }
        : { ...this.state.value, problem: answer.problem }
    if (!this.isStale) return
    this.isStale = false
    this.refresh()
  }
}
