import type { RequestCost, RequestPriority } from './rate-budget.js'

/** Parameters in the order in which they are sent and signed. Values are not encoded yet. */
export type Params = readonly (readonly [name: string, value: string])[]

/** One call of a venue's interface, before it is signed. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly params: Params
  /** `key` = the key is shown, nothing is signed. */
  readonly security: 'none' | 'key' | 'signed'
  readonly cost: RequestCost
  readonly priority: RequestPriority
}

/** Keeps the parameters that have a value. */
export function paramsOf(values: Readonly<Record<string, string | number | boolean | null | undefined>>): Params {
  return Object.entries(values).flatMap(([name, value]) => (value == null ? [] : [[name, String(value)] as const]))
}

const NO_ORDERS = { ordersPerTenSeconds: 0, ordersPerMinute: 0 }

/** What a request for information is made of. */
export interface ReadTerms {
  readonly path: string
  readonly weight: number
  readonly params?: Params
  readonly security?: ApiRequest['security']
}

/** A request that reads; signed unless said otherwise. */
export function readRequest({ path, weight, params = [], security = 'signed' }: ReadTerms): ApiRequest {
  return { method: 'GET', path, params, security, cost: { weight, ...NO_ORDERS }, priority: 'ordinary' }
}

/** `name=value&…`, both percent-encoded. */
export function encodeParams(params: Params): string {
  return params.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')
}
