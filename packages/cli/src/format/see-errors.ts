/** Where to read on about a failure with a code. */
export function seeErrors({ code }: { readonly code: string }): string {
  return `docs/errors.md says under ${code} what to do`
}
