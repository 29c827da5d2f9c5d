import type { ServerResponse } from 'node:http'

/** What a request is answered with. */
export type Answer =
  | { readonly type: 'json'; readonly status?: number; readonly body: unknown }
  | { readonly type: 'redirect'; readonly location: string; readonly cookie: string }
  | {
      readonly type: 'page'
      readonly status: number
      readonly contentType: string
      readonly body: Uint8Array | string
      /** True for files whose name holds the hash of their content. */
      readonly isImmutable: boolean
    }
  | {
      readonly type: 'file'
      readonly contentType: string
      readonly name: string
      readonly chunks: AsyncIterable<string | Uint8Array>
    }
  /** Written by whoever answers, until the client leaves. */
  | { readonly type: 'stream'; readonly run: (response: ServerResponse) => Promise<void> }

/** An answer in JSON. */
export function json(body: unknown, status = 200): Answer {
  return { type: 'json', body, status }
}
