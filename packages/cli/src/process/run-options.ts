import type { JsonSchema } from '@tranchebook/core'

/** What an option of the process may be. */
export type RunValue =
  | { readonly type: 'choice'; readonly of: readonly string[] }
  | { readonly type: 'text' }
  | { readonly type: 'flag' }
  | { readonly type: 'port' }
  | { readonly type: 'secret' }

/** One option of the process: what it may be, and what it is for. */
export interface RunOption {
  readonly value: RunValue
  readonly description: string
}

/** The sections of a configuration that `run` reads beside those of the books, and their options. */
export const RUN_SECTIONS = {
  venue: {
    name: { value: { type: 'choice', of: ['binance', 'aster'] }, description: 'Which venue is spoken to.' },
    rest: {
      value: { type: 'text' },
      description: 'Address of a simulated venue on this machine, such as `http://127.0.0.1:8080`.',
    },
    streams: { value: { type: 'text' }, description: 'Address of its streams, such as `ws://127.0.0.1:8080`.' },
    apiKey: { value: { type: 'secret' }, description: 'Where the API key is.' },
    apiSecret: { value: { type: 'secret' }, description: 'Where its HMAC secret is.' },
    privateKey: {
      value: { type: 'secret' },
      description: 'Where its Ed25519 or RSA key is (PEM), instead of a secret.',
    },
    agentKey: {
      value: { type: 'secret' },
      description: 'Where the key of an agent is that signs for an Aster wallet.',
    },
    user: { value: { type: 'text' }, description: 'Address of that wallet, where the agent is not the wallet itself.' },
    ordersOverSocket: { value: { type: 'flag' }, description: 'Whether Binance gets orders over a socket.' },
  },
  store: {
    directory: {
      value: { type: 'text' },
      description: 'Directory of an embedded database, beside this file where it is relative.',
    },
    database: { value: { type: 'secret' }, description: 'Where the URL of a Postgres server is.' },
    pooled: {
      value: { type: 'flag' },
      description: 'Whether that server is a pgbouncer in transaction mode.',
    },
    durability: {
      value: { type: 'choice', of: ['process', 'strict'] },
      description: 'What an embedded database survives: the end of its process, or of the machine too.',
    },
    allowEmbeddedForLive: {
      value: { type: 'flag' },
      description: 'Whether live trading may use an embedded database.',
    },
    anchor: {
      value: { type: 'text' },
      description: 'File outside the database that remembers how far the log went, so that an older one is refused.',
    },
  },
  dashboard: {
    enabled: { value: { type: 'flag' }, description: 'Whether there is a page; there is without this.' },
    port: { value: { type: 'port' }, description: 'Port of the page on this machine; any free one without this.' },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, RunOption>>>>

const SECRET: JsonSchema = {
  oneOf: [
    {
      type: 'object',
      description: 'A variable of the environment.',
      properties: { env: { type: 'string' } },
      required: ['env'],
      additionalProperties: false,
    },
    {
      type: 'object',
      description: 'A file that only its owner may read.',
      properties: { file: { type: 'string' } },
      required: ['file'],
      additionalProperties: false,
    },
  ],
}

/** The schema of an option. */
export function schemaOf({ value, description }: RunOption): JsonSchema {
  switch (value.type) {
    case 'choice':
      return { description, enum: [...value.of] }
    case 'text':
      return { description, type: 'string' }
    case 'flag':
      return { description, type: 'boolean' }
    case 'port':
      return { description, type: 'integer', minimum: 0, maximum: 65_535 }
    case 'secret':
      return { description, ...SECRET }
    default:
      return value satisfies never
  }
}
