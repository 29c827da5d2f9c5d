import { encodeParams } from '../transport/api-request.js'
import type { Signer } from '../transport/signer.js'

/** Signs nothing: for questions that anybody may ask. */
export const publicSigner: Signer = {
  sign: ({ method, path, params, security }) => {
    if (security !== 'none')
      throw new RangeError(`${method} ${path} needs keys, and this is a market without an account`)
    const query = encodeParams(params)
    return { method, path: query === '' ? path : `${path}?${query}`, headers: {}, body: null }
  },
}
