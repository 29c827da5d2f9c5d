import type { BookEvent, EventOf, EventType } from '../book/events.js'
import { PLAIN_PRECISION, type TextPrecision } from './figure-text.js'
import { FILL_SENTENCES } from './sentences/fill-sentences.js'
import { ORDER_SENTENCES } from './sentences/order-sentences.js'
import { RULE_SENTENCES } from './sentences/rule-sentences.js'
import { type Sentences, type Show, showIn } from './sentences/sentence.js'
import { TRANCHE_SENTENCES } from './sentences/tranche-sentences.js'
import { VENUE_SENTENCES } from './sentences/venue-sentences.js'

const SENTENCES: Sentences<EventType> = {
  ...FILL_SENTENCES,
  ...TRANCHE_SENTENCES,
  ...ORDER_SENTENCES,
  ...VENUE_SENTENCES,
  ...RULE_SENTENCES,
}

type EventsByType = { readonly [Type in EventType]: EventOf<Type> }

function say<Type extends EventType>(type: Type, event: EventsByType[Type], show: Show): string {
  const sentence: (event: EventsByType[Type], show: Show) => string = SENTENCES[type]
  return sentence(event, show)
}

/** One sentence that says what an event recorded, in the words every face uses; times and reasons are not in it. */
export function explainEvent(event: BookEvent, precision: TextPrecision = PLAIN_PRECISION): string {
  return say(event.type, event, showIn(precision))
}
