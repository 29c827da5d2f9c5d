import { parseConfig } from '@tranchebook/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Dashboard, openDashboard, recordedSource, storeBooks } from '../src/index.js'
import { codeOf, type RawAnswer, rawRequest, type RawRequest } from './raw-request.js'

let dashboard: Dashboard

beforeEach(async () => {
  const store = await storeBooks([])
  dashboard = await openDashboard({ source: recordedSource({ store, title: 'empty', config: parseConfig({}) }) })
})
afterEach(async () => dashboard.close())

async function send(request: Omit<RawRequest, 'port'>): Promise<RawAnswer> {
  return rawRequest({ port: dashboard.port, ...request })
}

function bearer(): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${dashboard.token}` }
}

/** Opens a link as a browser does; the answer is the cookie it would keep. */
async function openLink(url: string): Promise<string> {
  const { headers } = await send({ path: new URL(url).pathname + new URL(url).search })
  return headers['set-cookie']?.[0]?.split(';')[0] ?? ''
}

describe('who may ask', () => {
  it('answers nobody without a session or a token', async () => {
    for (const path of ['/api/state', '/api/books', '/api/stream', '/api/export/fills.csv']) {
      const answer = await send({ path })
      expect([path, answer.status, codeOf(answer)]).toEqual([path, 401, 'dashboard.no-session'])
    }
  })

  it('answers a program with the token, and not one that guesses', async () => {
    expect((await send({ path: '/api/state', headers: bearer() })).status).toBe(200)
    for (const guess of ['', 'x', dashboard.token.slice(0, -1), `${dashboard.token}x`, dashboard.token.toLowerCase()])
      expect((await send({ path: '/api/state', headers: { authorization: `Bearer ${guess}` } })).status).toBe(401)
  })

  it('does not take the token from the address', async () => {
    expect((await send({ path: `/api/state?token=${dashboard.token}` })).status).toBe(401)
  })

  it('turns a link into a session once, and keeps the secret out of the address', async () => {
    const path = new URL(dashboard.url).search
    const first = await send({ path: `/${path}` })
    expect(first.status).toBe(303)
    expect(first.headers.location).toBe('/')
    const [cookie = ''] = first.headers['set-cookie'] ?? []
    expect(cookie).toMatch(/^tranchebook-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
    const [session = ''] = cookie.split(';')
    expect((await send({ path: '/api/state', headers: { cookie: session } })).status).toBe(200)

    const second = await send({ path: `/${path}` })
    expect([second.status, second.headers['set-cookie']]).toEqual([401, undefined])
    expect(second.body).toContain('This page is locked')
  })

  it('does not use a link up when it is only looked at with HEAD', async () => {
    await send({ path: `/${new URL(dashboard.url).search}`, method: 'HEAD' })
    expect(await openLink(dashboard.url)).toMatch(/^tranchebook-/)
  })

  it('takes no session that it did not give, and none after a restart', async () => {
    const cookie = await openLink(dashboard.createLink())
    for (const wrong of [
      `${cookie}x`,
      `tranchebook-${dashboard.port}=`,
      'tranchebook-1=x',
      cookie.replace(/-\d+=/, '-1='),
    ])
      expect((await send({ path: '/api/state', headers: { cookie: wrong } })).status).toBe(401)
    await dashboard.close()
    const store = await storeBooks([])
    dashboard = await openDashboard({ source: recordedSource({ store, title: 'again' }) })
    const renamed = cookie.replace(/-\d+=/, `-${dashboard.port}=`)
    expect((await send({ path: '/api/state', headers: { cookie: renamed } })).status).toBe(401)
  })

  it('lets programs make links, and pages not', async () => {
    const headers = { ...bearer(), 'content-type': 'application/json' }
    const made = await send({ path: '/api/link', method: 'POST', headers, body: '{}' })
    expect(made.body).toMatch(/^\{"url":"http:\/\/127\.0\.0\.1:\d+\/\?link=[\w-]{43}"\}$/)
    const cookie = await openLink(dashboard.createLink())
    const asked = await send({ path: '/api/link', method: 'POST', headers: { cookie }, body: '{}' })
    expect(codeOf(asked)).toBe('dashboard.no-session')
  })
})

describe('pages of others', () => {
  it('cannot reach it under a name of their own (DNS rebinding)', async () => {
    const { port } = dashboard
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      `127.0.0.1.evil.example:${port}`,
      '127.0.0.1',
      `127.0.0.1:${port + 1}`,
      `0.0.0.0:${port}`,
    ]) {
      const answer = await send({ path: '/api/state', headers: { ...bearer(), host } })
      expect([host, answer.status, codeOf(answer)]).toEqual([host, 403, 'dashboard.foreign-host'])
      expect((await send({ path: '/', headers: { host } })).status).toBe(403)
    }
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`])
      expect((await send({ path: '/api/state', headers: { ...bearer(), host } })).status).toBe(200)
  })

  it('cannot ask with the cookies that a browser sends along', async () => {
    const cookie = await openLink(dashboard.createLink())
    const { port } = dashboard
    for (const origin of [
      'http://evil.example',
      `http://127.0.0.1:${port + 1}`,
      `https://127.0.0.1:${port}`,
      'null',
      `http://localhost:${port}.evil.example`,
    ]) {
      const answer = await send({ path: '/api/state', headers: { cookie, origin } })
      expect([origin, answer.status, codeOf(answer)]).toEqual([origin, 403, 'dashboard.foreign-origin'])
    }
    for (const site of ['cross-site', 'same-site']) {
      const answer = await send({ path: '/api/stream', headers: { cookie, 'sec-fetch-site': site } })
      expect([site, answer.status]).toEqual([site, 403])
    }
    const own = { cookie, origin: `http://127.0.0.1:${port}`, 'sec-fetch-site': 'same-origin' }
    expect((await send({ path: '/api/state', headers: own })).status).toBe(200)
  })

  it('are told nothing by headers that would let them read', async () => {
    const { headers } = await send({ path: '/api/state', headers: bearer() })
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    const preflight = await send({
      path: '/api/actions',
      method: 'OPTIONS',
      headers: { origin: 'http://evil.example', 'access-control-request-method': 'POST' },
    })
    expect(preflight.status).toBe(403)
  })

  it('cannot post with a form', async () => {
    const cookie = await openLink(dashboard.createLink())
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data', ''])
      for (const path of ['/api/actions', '/api/actions/preview']) {
        const headers = { cookie, ...(type === '' ? {} : { 'content-type': type }) }
        const answer = await send({ path, method: 'POST', headers, body: '{}' })
        expect([type, answer.status, codeOf(answer)]).toEqual([type, 415, 'dashboard.body'])
      }
  })
})

describe('every answer', () => {
  it('forbids what it does not need', async () => {
    for (const path of ['/', '/api/state', '/api/nothing', '/nothing']) {
      const { headers } = await send({ path, headers: bearer() })
      expect(headers['content-security-policy']).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      )
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
      })
    }
  })

  it('refuses methods, paths and bodies it does not know', async () => {
    const headers = { ...bearer(), 'content-type': 'application/json' }
    const cases: readonly (readonly [Omit<RawRequest, 'port' | 'headers'>, number, string])[] = [
      [{ path: '/api/state', method: 'POST', body: '{}' }, 405, 'dashboard.method'],
      [{ path: '/api/state', method: 'DELETE' }, 405, 'dashboard.method'],
      [{ path: '/api/actions', method: 'GET' }, 405, 'dashboard.method'],
      [{ path: '/', method: 'POST', body: '{}' }, 405, 'dashboard.method'],
      [{ path: '/api/nothing' }, 404, 'dashboard.unknown-path'],
      [{ path: '/api/books/main/%E0%A4%A' }, 404, 'dashboard.unknown-path'],
      [{ path: '/api/books/main/NOSUCH' }, 404, 'dashboard.unknown-book'],
      [{ path: '/..%2f..%2fpackage.json' }, 404, 'dashboard.unknown-path'],
      [{ path: '/assets/../../package.json' }, 404, 'dashboard.unknown-path'],
      [{ path: '/api/actions', method: 'POST', body: '{' }, 400, 'dashboard.body'],
      [{ path: '/api/actions', method: 'POST', body: '[]' }, 400, 'dashboard.body'],
      [{ path: '/api/actions', method: 'POST', body: '{"action":{"command":"sell"}}' }, 400, 'dashboard.body'],
      [{ path: '/api/actions', method: 'POST', body: `{"a":"${'x'.repeat(70_000)}"}` }, 413, 'dashboard.body'],
      [{ path: '/api/stream?after=soon' }, 400, 'dashboard.query'],
    ]
    for (const [request, status, code] of cases) {
      const answer = await send({ ...request, headers })
      expect([request.method, request.path, answer.status, codeOf(answer)]).toEqual([
        request.method,
        request.path,
        status,
        code,
      ])
    }
  })

  it('stops reading a body that does not say how long it is', async () => {
    const headers = { ...bearer(), 'content-type': 'application/json', 'transfer-encoding': 'chunked' }
    const answer = await send({ path: '/api/actions', method: 'POST', headers, body: `{"a":"${'x'.repeat(70_000)}"}` })
    expect([answer.status, codeOf(answer)]).toEqual([413, 'dashboard.body'])
  })
})

describe('where it listens', () => {
  it('is this machine only', async () => {
    const store = await storeBooks([])
    const source = recordedSource({ store, title: 'empty' })
    for (const host of ['0.0.0.0', '::', '192.168.0.10', 'example.org'])
      await expect(openDashboard({ source, host })).rejects.toMatchObject({ code: 'dashboard.not-loopback' })
  })

  it('is a port of its own', async () => {
    const source = recordedSource({ store: await storeBooks([]), title: 'empty' })
    await expect(openDashboard({ source, port: dashboard.port })).rejects.toMatchObject({ code: 'dashboard.port' })
  })

  it('takes the token it is given', async () => {
    const token = 'a-token-of-my-own-0123456789'
    const other = await openDashboard({ source: recordedSource({ store: await storeBooks([]), title: 'x' }), token })
    const answer = await rawRequest({
      port: other.port,
      path: '/api/state',
      headers: { authorization: `Bearer ${token}` },
    })
    expect(answer.status).toBe(200)
    await other.close()
  })
})
