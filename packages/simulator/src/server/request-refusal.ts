import type { Json } from './wire/json-text.js'

/** Ends a request with the venue's own error body. */
export class RequestRefusal extends Error {
  readonly status: number
  readonly code: number

  constructor(code: number, message: string, status = 400) {
    super(message)
    this.name = 'RequestRefusal'
    this.code = code
    this.status = status
  }

  /** As it is answered. */
  get body(): Json {
    return { code: this.code, msg: this.message }
  }
}

/** A parameter that is missing, empty or malformed. */
export function missing(name: string): RequestRefusal {
  return new RequestRefusal(-1102, `Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`)
}
