/** How a piece of text stands out. Gain and loss are told by sign first; blue and orange only help. */
export type Tone = 'plain' | 'dim' | 'strong' | 'gain' | 'loss'

const CODES: Readonly<Record<Tone, string>> = { plain: '', dim: '2', strong: '1', gain: '34', loss: '38;5;208' }

/** Text in a tone; as it is where colour is off. */
export function inTone(text: string, tone: Tone, hasColour: boolean): string {
  return hasColour && tone !== 'plain' && text !== '' ? `\u001b[${CODES[tone]}m${text}\u001b[0m` : text
}
