import type { Advance, Anchor, LogHead, StreamHead } from '../event-store.js'
import { scopeOf } from './conflicts.js'
import type { EventRecord, Whereabouts } from './event-record.js'
import { chainHash, GENESIS } from './hash-chain.js'
import { MAX_PROBLEMS, type VerifyCode, type VerifyProblem, type VerifyReport } from './verify-report.js'

/** What there is to verify. */
export interface LogToVerify {
  /** `null` = all of it. */
  readonly account: string | null
  /** Heads of the log and of its streams, all of one moment. */
  readonly heads: () => Promise<Anchor>
  /** Everything up to a position: of the log by position, or of the account, each stream by version. */
  readonly records: (until: number) => AsyncIterable<EventRecord>
  /** Throws where an event cannot be read by today's code. */
  readonly decode: (record: EventRecord) => unknown
  readonly anchor?: Anchor | undefined
  readonly advance?: Advance | undefined
}

/** What an anchor knows of an account, or of all. */
function partOf(anchor: Anchor, account: string | null): Anchor {
  if (account === null) return anchor
  return { ...anchor, streams: anchor.streams.filter(({ stream }) => scopeOf(stream) === account) }
}

/** Walks a log once and collects what does not fit. */
class Verifier {
  readonly problems: VerifyProblem[] = []
  readonly ends = new Map<string, StreamHead>()
  events = 0
  position = 0
  private readonly anchor: Anchor | null
  private readonly anchored: ReadonlyMap<string, StreamHead>
  private readonly log: LogToVerify

  constructor(log: LogToVerify) {
    this.log = log
    this.anchor = log.anchor === undefined ? null : partOf(log.anchor, log.account)
    this.anchored = new Map(this.anchor?.streams.map((head) => [head.stream, head]))
  }

  report(code: VerifyCode, message: string, at: Whereabouts): void {
    const count = this.problems.filter((problem) => problem.code === code).length
    if (count < MAX_PROBLEMS) this.problems.push({ code, message, at })
  }

  visit(record: EventRecord): void {
    const { position, stream, version, id, type, hash } = record
    const at = { position, stream, version, id, type }
    this.events += 1
    this.checkPosition(record, at)
    this.checkVersion(record, at)
    const previous = this.ends.get(stream)?.hash ?? GENESIS
    const expected = chainHash(previous, record)
    if (expected === hash) this.checkDecodes(record, at)
    else this.report('hash-differs', `hash is ${hash}, its content gives ${expected}`, at)
    this.checkAnchor(record, at)
    this.position = position
    this.ends.set(stream, { stream, version, position, hash })
  }

  /** Positions are dense in the log; in a stream they grow. */
  private checkPosition({ position, stream }: EventRecord, at: Whereabouts): void {
    const before = this.ends.get(stream)?.position ?? 0
    if (this.log.account === null && position !== this.position + 1) {
      this.report('event-missing', `position ${this.position + 1} is missing: the next one is ${position}`, at)
    } else if (position <= before) {
      this.report('event-out-of-place', `position ${position} of ${stream} comes after position ${before}`, at)
    }
  }

  private checkVersion({ stream, version }: EventRecord, at: Whereabouts): void {
    const nextVersion = (this.ends.get(stream)?.version ?? 0) + 1
    if (version > nextVersion) {
      this.report('event-missing', `version ${nextVersion} of ${stream} is missing: the next one is ${version}`, at)
    } else if (version < nextVersion) {
      this.report('event-out-of-place', `version ${version} of ${stream} comes after version ${nextVersion - 1}`, at)
    }
  }

  /** An event as it was recorded that cannot be decoded comes from a newer program. */
  private checkDecodes(record: EventRecord, at: Whereabouts): void {
    try {
      this.log.decode(record)
    } catch (error) {
      this.report('event-undecodable', error instanceof Error ? error.message : String(error), at)
    }
  }

  private checkAnchor({ stream, version, hash }: EventRecord, at: Whereabouts): void {
    const anchor = this.anchored.get(stream)
    if (anchor?.version !== version || anchor.hash === hash) return
    this.report('differs-from-anchor', `the anchor has hash ${anchor.hash} here, the log has ${hash}`, at)
  }

  checkHeads(heads: Anchor): void {
    const { streams } = partOf(heads, this.log.account)
    for (const { stream, version, position, hash } of streams) {
      const end = this.ends.get(stream)
      const at = { stream, version, position }
      if (end === undefined || end.version < version) {
        this.report('tail-missing', `${stream} ends at version ${end?.version ?? 0}, its head says ${version}`, at)
      } else if (end.version !== version || end.hash !== hash || end.position !== position) {
        const message = `${stream} ends at version ${end.version} with ${end.hash}, its head says ${version} with ${hash}`
        this.report('head-differs', message, end)
      }
    }
    this.checkUnknownStreams(streams)
    if (this.log.account !== null || this.position >= heads.position) return
    const at = { position: heads.position }
    this.report('tail-missing', `the log ends at position ${this.position}, its head says ${heads.position}`, at)
  }

  private checkUnknownStreams(heads: readonly StreamHead[]): void {
    const known = new Set(heads.map((head) => head.stream))
    for (const end of this.ends.values()) {
      if (!known.has(end.stream)) this.report('head-differs', `${end.stream} has events and no head`, end)
    }
  }

  checkAge(head: LogHead): void {
    const { anchor } = this
    if (anchor === null) return
    const end = this.log.account === null ? this.position : head.position
    const at = { position: anchor.position }
    if (anchor.logId !== head.logId) {
      this.report('differs-from-anchor', `this is log ${head.logId}, the anchor was taken of ${anchor.logId}`, {})
    }
    if (anchor.position > end) {
      this.report('older-than-anchor', `the log ends at ${end}, the anchor was taken at ${anchor.position}`, at)
    }
    for (const { stream, version, position } of anchor.streams) {
      const last = this.ends.get(stream)?.version ?? 0
      if (last >= version) continue
      const message = `${stream} ends at version ${last}, the anchor was taken at ${version}`
      this.report('older-than-anchor', message, { stream, version, position })
    }
  }

  /** Where the log goes by position, the first event that cannot be read is known. */
  reportUnreadable(error: unknown): void {
    const { account } = this.log
    const why = error instanceof Error ? error.message : String(error)
    const what = account === null ? 'the log' : `the log of ${account}`
    const at = account === null ? { position: this.position + 1 } : {}
    this.report('log-unreadable', `${what} cannot be read on: ${why}`, at)
  }

  result(): VerifyReport {
    const found = this.problems.toSorted((left, right) => placeOf(left) - placeOf(right))
    const isCutShort = found.some(({ code }) => code === 'log-unreadable')
    const changed = found.filter(({ code }) => code !== 'event-undecodable')
    const isCorrupt = changed.length > 0 && !isCutShort
    const status = isCorrupt ? 'corrupt' : found.length > 0 ? 'unreadable' : 'clean'
    const [firstBad = null] = isCorrupt ? changed : found
    const exitCode = status === 'clean' ? 0 : status === 'corrupt' ? 1 : 2
    return { status, exitCode, events: this.events, streams: this.ends.size, firstBad, problems: this.problems }
  }
}

const placeOf = ({ at }: VerifyProblem): number => at.position ?? Number.MAX_SAFE_INTEGER

/** Recomputes every hash, looks for gaps, and compares heads and anchor. Never throws: a log that cannot be read says so. */
export async function verifyLog(log: LogToVerify): Promise<VerifyReport> {
  const verifier = new Verifier(log)
  try {
    const heads = await log.heads()
    for await (const record of log.records(heads.position)) {
      verifier.visit(record)
      log.advance?.(1)
    }
    verifier.checkHeads(heads)
    verifier.checkAge(heads)
  } catch (error) {
    verifier.reportUnreadable(error)
  }
  return verifier.result()
}
