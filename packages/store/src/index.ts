export type {
  Advance,
  Anchor,
  AppendOptions,
  Appended,
  Checkpoint,
  EventStore,
  ExpectedVersion,
  JsonObject,
  JsonValue,
  Lease,
  LeaseAnswer,
  LeaseRequest,
  LogEvent,
  LogHead,
  NewEvent,
  ReadOptions,
  Snapshot,
  StoredEvent,
  StreamHead,
  SubscribeOptions,
  VerifyOptions,
} from './event-store.js'
export { AppendError, type AppendOutcome, ConflictError, FencedError, StoreError } from './store-errors.js'
export { assertFitForLive } from './assert-fit-for-live.js'
export { assertReaches } from './assert-reaches.js'
export { type AnchoredLog, type AnchorTerms, assertKept, keepAnchor, type KeptAnchor } from './keep-anchor.js'
export {
  awaitLease,
  keepLease,
  type LeaseCircumstances,
  type LeaseClock,
  type LeaseTerms,
  systemLeaseClock,
} from './lease-keeper.js'
export { type Decode, decodeAny, type EventPlace } from './log/decode-event.js'
export type { VerifyCode, VerifyProblem, VerifyReport } from './log/verify-report.js'
export { MemoryStore, type MemoryStoreOptions } from './memory/memory-store.js'
export { openEmbeddedStore, openMemoryStore, openPostgresStore, type StoreOptions } from './open-store.js'
export { type DirectoryLock, lockDirectory } from './pglite/directory-lock.js'
export { holdAddress, type Release } from './pglite/hold-address.js'
export type { EmbeddedDurability, EmbeddedPlace } from './pglite/pglite-engine.js'
export type { PostgresPlace } from './postgres/postgres-engine.js'
export type { Change, Project } from './projections/change.js'
export { projectEvent } from './projections/project-event.js'
export { parseAnchor } from './parse-anchor.js'
export { recordEvents } from './record-events.js'
export { assertCurrent, migrate, SCHEMA_VERSIONS } from './schema/migrate.js'
export type { StoreTables } from './schema/tables.js'
export type { WriterLimits } from './sql/append-writer.js'
export type { ArchiveRequest } from './sql/archive-stream.js'
export { type Projection, type ProjectionRun, runProjection } from './sql/run-projection.js'
export type { SqlStore } from './sql/sql-store.js'
