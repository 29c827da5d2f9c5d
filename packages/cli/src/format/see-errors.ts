/** Where to read on about a failure with a code. */
export function seeErrors({ code, docsUrl }: { readonly code: string; readonly docsUrl: string }): string {
  return `${docsUrl} says what to do about ${code}`
}
