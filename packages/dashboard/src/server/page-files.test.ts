import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readPageFiles } from './page-files.js'

let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tranchebook-page-'))
  await mkdir(join(directory, 'assets'))
  await writeFile(join(directory, 'index.html'), '<!doctype html>')
  await writeFile(join(directory, 'assets', 'page-0123456789ab.js'), 'export {}')
  await writeFile(join(directory, 'assets', 'icon.svg'), '<svg/>')
})
afterEach(async () => rm(directory, { recursive: true, force: true }))

describe('files of the page', () => {
  it('are known by their paths, with their types; those named by their content stay for good', async () => {
    const page = await readPageFiles(directory)
    expect(page.find('/')).toMatchObject({ contentType: 'text/html; charset=utf-8', isImmutable: false })
    expect(page.find('/assets/page-0123456789ab.js')).toMatchObject({
      contentType: 'text/javascript; charset=utf-8',
      isImmutable: true,
    })
    expect(page.find('/assets/icon.svg')).toMatchObject({ contentType: 'image/svg+xml', isImmutable: false })
  })

  it('are all there is: nothing is looked for on the disk when it is asked for', async () => {
    const page = await readPageFiles(directory)
    await writeFile(join(directory, 'later.html'), 'x')
    for (const path of ['/later.html', '/../package.json', '/assets', '/assets/', '/..%2fpackage.json', '//index.html'])
      expect(page.find(path)).toBeNull()
  })

  it('say what to do where the page was not built', async () => {
    const page = await readPageFiles(join(directory, 'nothing'))
    expect(page.find('/')).toMatchObject({ status: 503, body: expect.stringContaining('npm run build') as string })
  })
})
