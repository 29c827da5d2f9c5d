import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** A secret that cannot be guessed, safe in addresses. */
function createToken(): string {
  return randomBytes(32).toString('base64url')
}

/** Compares two secrets in a time that tells nothing of them. */
export function isSameSecret(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(left), digest(right))
}

/** Links that were not opened are forgotten after so many. */
const MOST_LINKS = 32
/** Sessions that one server keeps; the oldest goes. */
const MOST_SESSIONS = 32

function knows(secrets: ReadonlySet<string>, given: string): string | null {
  let found: string | null = null
  for (const secret of secrets) if (isSameSecret(secret, given)) found = secret
  return found
}

function add(secrets: Set<string>, most: number): string {
  const secret = createToken()
  secrets.add(secret)
  const [oldest] = secrets
  if (secrets.size > most && oldest !== undefined) secrets.delete(oldest)
  return secret
}

/** Who may ask: bearers of the token, and browsers that opened a link once. */
export class Sessions {
  /** For programs, as `Authorization: Bearer`. */
  readonly token: string
  private readonly links = new Set<string>()
  private readonly sessions = new Set<string>()

  constructor(token: string = createToken()) {
    this.token = token
  }

  /** A secret that opens one session. */
  createLink(): string {
    return add(this.links, MOST_LINKS)
  }

  /** Turns the secret of a link into a session, once; `null` = it is none, or was used. */
  openLink(link: string): string | null {
    const known = knows(this.links, link)
    if (known === null) return null
    this.links.delete(known)
    return add(this.sessions, MOST_SESSIONS)
  }

  isSession(session: string): boolean {
    return knows(this.sessions, session) !== null
  }

  isToken(token: string): boolean {
    return isSameSecret(this.token, token)
  }
}
