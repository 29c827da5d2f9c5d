import { type Admission, createAdmission } from '../transport/admission.js'
import { createApiClient } from '../transport/api-client.js'
import type { ApiRequest } from '../transport/api-request.js'
import type { FailureDialect } from '../transport/classify-exchange.js'
import { type Clock, systemClock } from '../transport/clock.js'
import { createHttpClient } from '../transport/http-client.js'
import { createRateBudget, type RateBudget, type RateLimits } from '../transport/rate-budget.js'
import { createScrubber, createSecretScrubber, type Scrubber } from '../transport/scrub-text.js'
import type { Secret } from '../transport/secret.js'
import { createServerClock, type ServerClock } from '../transport/server-clock.js'
import type { Signer } from '../transport/signer.js'
import type { ConditionalStyle } from '../venue/capabilities.js'
import { createOrderRegistry, type OrderRegistry } from './translate/order-registry.js'
import { createReader, type Reader, type Sender } from './read-answer.js'

/** Knobs that every venue shares; all optional. */
export interface ConnectionOptions {
  readonly clock?: Clock
  /** How long an answer may take, in ms; 5,000. */
  readonly timeoutMs?: number
  /** Requests at the same time; 8. */
  readonly connections?: number
  /** Share of the budget (0 to 1) that only protective orders may spend; 0.2. */
  readonly reservedShare?: number
}

/** What is particular to the venue. */
export interface ApiSetup {
  readonly account: string
  readonly origin: string
  /** Base of the streams, without a path. */
  readonly streamBase: string
  readonly signer: Signer
  readonly secrets: readonly Secret[]
  readonly dialect: FailureDialect
  readonly limits: RateLimits
  readonly conditionalStyle: ConditionalStyle
  readonly serverTimeRequest: ApiRequest
  readonly parseServerTime: (body: unknown) => number
  readonly connection: ConnectionOptions
}

/** Everything that the rooms of an adapter share. */
export interface ApiSession {
  readonly account: string
  readonly streamBase: string
  readonly api: Sender
  readonly reader: Reader
  readonly registry: OrderRegistry
  readonly budget: RateBudget
  readonly admission: Admission
  readonly clock: Clock
  readonly serverClock: ServerClock
  readonly dialect: FailureDialect
  /** For words that people may see. */
  readonly scrub: Scrubber
  /** For answers that are still to be read. */
  readonly hideSecrets: Scrubber
  close(): Promise<void>
}

/** Puts the transport together. Nothing is sent yet. */
export function openApiSession(setup: ApiSetup): ApiSession {
  const { account, origin, streamBase, signer, dialect, limits, connection } = setup
  const { clock = systemClock, timeoutMs = 5_000, connections = 8, reservedShare = 0.2 } = connection
  const scrub = createScrubber(setup.secrets)
  const hideSecrets = createSecretScrubber(setup.secrets)
  const budget = createRateBudget(limits, reservedShare)
  const serverClock = createServerClock(clock, () => reader.read(setup.serverTimeRequest, setup.parseServerTime))
  const admission = createAdmission({ clock, serverClock, budget })
  const http = createHttpClient({ origin, clock, timeoutMs, connections })
  const api = createApiClient({ http, signer, budget, admission, dialect, serverClock, scrub, hideSecrets })
  const reader = createReader(api, scrub)
  const registry = createOrderRegistry(setup.conditionalStyle)
  return {
    account,
    streamBase,
    api,
    reader,
    registry,
    budget,
    admission,
    clock,
    serverClock,
    dialect,
    scrub,
    hideSecrets,
    close: () => api.close(),
  }
}
