import type { ApiRequest } from './api-request.js'
import type { HttpRequest } from './http-client.js'

/** Makes a request complete: identity, time, signature. */
export interface Signer {
  /** `time` is the venue's, in epoch ms. */
  sign(request: ApiRequest, time: number): HttpRequest
}
