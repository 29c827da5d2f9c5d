import type { CommandShape, OptionShape } from './command-shape.js'

/** A shell that a completion is written for. */
export type Shell = 'bash' | 'zsh' | 'fish'

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

function pathsBelow(shapes: readonly CommandShape[]): readonly string[] {
  return shapes.map(({ path }) => path).filter((path) => path !== '')
}

/** Walks the words typed so far down to the innermost command; what is no command is an argument. */
function walk(shapes: readonly CommandShape[], words: string): string {
  const known = pathsBelow(shapes).map((path) => `"${path}"`)
  return `  local at="" word
  for word in ${words}; do
    case "\${at:+$at }$word" in
      ${known.join('|')}) at="\${at:+$at }$word" ;;
    esac
  done`
}

function flagsOf({ options }: CommandShape): string {
  return options.map(({ long }) => `--${long}`).join(' ')
}

function namesOf({ commands, choices }: CommandShape): string {
  return [...commands.map(({ name }) => name), ...choices].join(' ')
}

function bashText(shapes: readonly CommandShape[]): string {
  const cases = shapes.map((shape) => `    "${shape.path}") names="${namesOf(shape)}" flags="${flagsOf(shape)}" ;;`)
  return `_tranchebook() {
  local typed="\${COMP_WORDS[COMP_CWORD]}" names="" flags=""
${walk(shapes, '"${COMP_WORDS[@]:1:COMP_CWORD-1}"')}
  case "$at" in
${cases.join('\n')}
  esac
  [[ "$typed" == -* ]] && names="$flags"
  COMPREPLY=($(compgen -W "$names" -- "$typed"))
}
complete -o default -F _tranchebook tranchebook
`
}

function zshText(shapes: readonly CommandShape[]): string {
  const cases = shapes.map((shape) => {
    const names = [
      ...shape.commands.map(({ name, description }) => quoted(`${name}:${description}`)),
      ...shape.choices.map(quoted),
    ]
    const flags = shape.options.map(({ long, description }) => quoted(`--${long}:${description}`))
    return `    "${shape.path}") names=(${names.join(' ')}) flags=(${flags.join(' ')}) ;;`
  })
  return `#compdef tranchebook
_tranchebook() {
  local -a names flags
${walk(shapes, '${words[2,CURRENT-1]}')}
  case "$at" in
${cases.join('\n')}
  esac
  if [[ "$PREFIX" == -* ]]; then
    _describe 'option' flags
  elif (( \${#names} )); then
    _describe 'command' names
  else
    _files
  fi
}
compdef _tranchebook tranchebook
`
}

function fishQuoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

function fishOption({ long, short, description, takesValue, choices }: OptionShape): string {
  const name = short === null ? `-l ${long}` : `-s ${short} -l ${long}`
  const values = choices.length > 0 ? ` -xa ${fishQuoted(choices.join(' '))}` : takesValue ? ' -r' : ''
  return `${name}${values} -d ${fishQuoted(description)}`
}

function fishLines(shape: CommandShape): readonly string[] {
  const start = `complete -c tranchebook -n ${fishQuoted(`__tranchebook_at ${fishQuoted(shape.path)}`)}`
  return [
    ...shape.commands.map(({ name, description }) => `${start} -f -a ${name} -d ${fishQuoted(description)}`),
    ...shape.choices.map((choice) => `${start} -f -a ${choice}`),
    ...shape.options.map((option) => `${start} ${fishOption(option)}`),
  ]
}

function fishText(shapes: readonly CommandShape[]): string {
  const known = pathsBelow(shapes).map(fishQuoted)
  return `function __tranchebook_at
  set -l at
  for word in (commandline -opc)[2..]
    if contains -- (string join ' ' $at $word) ${known.join(' ')}
      set -a at $word
    end
  end
  test "$argv[1]" = (string join ' ' $at)
end
${shapes.flatMap(fishLines).join('\n')}
`
}

/** A script that lets a shell complete commands, options and their values. */
export function completionText(shell: Shell, shapes: readonly CommandShape[]): string {
  switch (shell) {
    case 'bash':
      return bashText(shapes)
    case 'zsh':
      return zshText(shapes)
    case 'fish':
      return fishText(shapes)
  }
}
