import { connectDashboard } from '@tranchebook/dashboard'
import { CommandFailure } from '../command-failure.js'
import { readOwnerRecord } from '../control/owner-record.js'
import { withDirectory } from '../control/with-directory.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { Closers } from '../process/closers.js'
import type { DashboardRequest } from '../process/dashboard-request.js'
import { openRecorded } from '../process/open-recorded.js'
import { awaitStop } from '../process/await-stop.js'
import { pageFailure } from '../process/page-failure.js'
import type { Terminal } from '../terminal.js'

/** A new link to the page of the process that owns a directory; `null` = none does. */
async function linkOfOwner(directory: string): Promise<string | null> {
  const record = await readOwnerRecord(directory)
  if (record === null) return null
  const { url, token, pid } = record
  if (url !== null && token !== null) return connectDashboard({ url, token }).createLink()
  throw new CommandFailure(
    {
      what: `the process ${pid} owns ${directory} and has no page`,
      expected: 'expected a process with a page; got one that was started without',
      advice: 'start it again without --no-page, and with dashboard.enabled not false',
    },
    { exitCode: EXIT.refused },
  )
}

async function serve(request: DashboardRequest, terminal: Terminal): Promise<void> {
  const closers = new Closers()
  const wish = awaitStop()
  try {
    const { url } = await openRecorded(request, terminal, closers)
    await terminal.print(`${request.json === true ? JSON.stringify({ url, pid: process.pid }) : url}\n`)
    terminal.note('shown until interrupted; the link opens it once, in one browser')
    await wish.stopped
  } finally {
    wish.forget()
    await closers.close()
  }
}

/** Prints a link to the page of a running process, or shows what was recorded until interrupted. @throws {CommandFailure} */
export async function runDashboard(asked: DashboardRequest, terminal: Terminal): Promise<ExitCode> {
  const request = asked.file === undefined ? await withDirectory(asked, terminal) : asked
  const { file, directory, json = false } = request
  try {
    const url = file === undefined && directory !== undefined ? await linkOfOwner(directory) : null
    if (url === null) await serve(request, terminal)
    else await terminal.print(`${json ? JSON.stringify({ url }) : url}\n`)
    return EXIT.fine
  } catch (error) {
    throw pageFailure(error)
  }
}
