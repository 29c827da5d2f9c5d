import { closestName } from '@tranchebook/core'
import type { Command, CommanderError } from 'commander'
import { CommandFailure, type FailureLines } from './command-failure.js'
import { EXIT } from './exit-codes.js'

function optionNames(command: Command): readonly string[] {
  return [...command.options.flatMap((option) => option.long ?? []), '--help']
}

function quotedIn(message: string): string {
  return /'([^']+)'/.exec(message)?.[1] ?? ''
}

function nearMiss(name: string, names: readonly string[]): string {
  const closest = closestName(name, names)
  return closest === null ? '' : `did you mean ${closest}? `
}

const CHOICES = / is invalid(?: for argument '[^']+')?\. Allowed choices are (.+)\.$/

/** What is wrong with a value: of few that are allowed, the nearest is named. */
function invalidValue(message: string, usage: string, seeHelp: string): FailureLines {
  const [, choices] = CHOICES.exec(message) ?? []
  if (choices === undefined) {
    const [what = message, expected = usage] = message.split(' is invalid. ')
    return { what: `${what} is invalid`, expected, advice: seeHelp }
  }
  const value = /(?:argument|value) '([^']*)' is/.exec(message)?.[1] ?? ''
  return {
    what: message.replace(/\. Allowed choices are .+$/, ''),
    expected: `expected one of ${choices}; got ${value}`,
    advice: `${nearMiss(value, choices.split(', '))}${seeHelp}`,
  }
}

function linesFor(command: Command, path: string, error: CommanderError): FailureLines {
  const message = (error.message.split('\n')[0] ?? '').replace(/^error: /, '')
  const seeHelp = `see ${path} --help`
  const given = quotedIn(message)
  switch (error.code) {
    case 'commander.unknownCommand': {
      const names = command.commands.map((known) => known.name())
      const expected = `expected one of ${names.join(', ')}; got ${given}`
      return { what: `unknown command ${given}`, expected, advice: `${nearMiss(given, names)}${seeHelp}` }
    }
    case 'commander.unknownOption': {
      const names = optionNames(command)
      const expected = `expected one of ${names.join(', ')}; got ${given}`
      return {
        what: `unknown option ${given}`,
        expected,
        advice: `${nearMiss(given.split('=')[0] ?? given, names)}${seeHelp}`,
      }
    }
    case 'commander.help': {
      const names = command.commands.map((known) => known.name())
      return {
        what: `${path} needs a command`,
        expected: `expected one of ${names.join(', ')}; got none`,
        advice: seeHelp,
      }
    }
    case 'commander.invalidArgument':
      return invalidValue(message, `expected: ${path} ${command.usage()}`, seeHelp)
    default:
      return { what: message, expected: `expected: ${path} ${command.usage()}`, advice: seeHelp }
  }
}

interface CalledCommand {
  readonly command: Command
  readonly path: string
}

/** The innermost command that was called. An unknown one ends the search: what follows it are its arguments. */
function calledCommand(program: Command, args: readonly string[], error: CommanderError): CalledCommand {
  const isUnknown = error.code === 'commander.unknownCommand'
  let called: CalledCommand = { command: program, path: program.name() }
  for (const arg of args) {
    const command = called.command.commands.find((known) => known.name() === arg)
    if (command !== undefined) called = { command, path: `${called.path} ${arg}` }
    else if (isUnknown) break
  }
  return called
}

/** What was wrong with the command line, with the nearest thing that would have been right. */
export function usageFailure(program: Command, args: readonly string[], error: CommanderError): CommandFailure {
  const { command, path } = calledCommand(program, args, error)
  return new CommandFailure(linesFor(command, path, error), { exitCode: EXIT.usage, cause: error })
}
