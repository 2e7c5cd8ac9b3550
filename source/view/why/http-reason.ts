// What HTTP had to say when a message began to leave: whoever asks why a request is sent does not ask for TCP's segments.

import {instantOf} from '../../account/entries.ts';
import {mayKnow} from '../../account/eyes.ts';
import {httpPartIn} from '../../account/http-parts.ts';
import {carriedText} from '../../account/notation.ts';
import {carriesData} from '../../account/packet.ts';
import type {HttpPart} from '../../account/part.ts';
import {type Text, worded} from '../../lesson/text.ts';
import type {EventOf, TraceEvent} from '../../sim/trace.ts';
import {inEvery} from '../../words/catalogue/language.ts';
import {capturedCarried} from '../../words/catalogue/player.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {eyeHands} from '../../words/hands.ts';
import {asksForHttp} from '../ladder/label.ts';
import type {View} from '../view.ts';

export type HttpReason = {
  /** Its start line, without the version. */
  readonly message: Text;
  readonly because: NonNullable<TraceEvent['because']>;
  /** Of a response. */
  readonly status: number | undefined;
};

const answerRule = '9110:15/answer';

/** What the first digit of a status says, where the rule behind it speaks of all (RFC 9110 §15). */
export const statusText = (because: string, status: number | undefined): Text | undefined =>
  because === answerRule && status !== undefined
    ? worded(capturedCarried.status, {status, kind: `${Math.floor(status / 100)}`})
    : undefined;

/** A program writes a message, whole or its head. */
const isWritten = ({note}: EventOf<'note'>): boolean =>
  (note.kind === 'request' && note.op === 'sent') ||
  (note.kind === 'response' && note.op === 'started' && note.by === 'server');

/** The message that was written last, if no other segment has carried data of it. */
const writtenBefore = ({input: {trace}}: View, {n, host}: EventOf<'send'>): EventOf<'note'> | undefined => {
  const last = instantOf(trace, n).findLast(
    (event) =>
      event.n < n &&
      event.host === host &&
      ((event.kind === 'note' && isWritten(event)) || (event.kind === 'send' && carriesData(trace, event))),
  );
  return last?.kind === 'note' && mayKnow(trace, last) ? last : undefined;
};

const isSame = ({note}: EventOf<'note'>, part: HttpPart): boolean =>
  'method' in part ? note.kind === 'request' : note.kind === 'response' && note.status === part.status;

/** One after the other; of what there is. */
export const inSentences = (texts: readonly (Text | undefined)[]): Text =>
  inEvery((language) =>
    texts.flatMap((text) => (text ? [text[language]] : [])).join(punctuation.space[language]),
  );

const statusIn = ({note}: EventOf<'note'>): number | undefined =>
  note.kind === 'response' ? note.status : undefined;

/** Of the first segment of a message, unless a question asks what it says. */
export const httpReasonOf = (view: View, event: EventOf<'send'>): HttpReason | undefined => {
  const {packet, hop} = event;
  if (hop > 0 || asksForHttp(view.hidden, [packet])) return undefined;
  const note = writtenBefore(view, event);
  const said = note && httpPartIn(view.input.trace, packet)?.part;
  if (note?.because === undefined || !said || said.goesOn || !isSame(note, said)) return undefined;
  const part: HttpPart = {...said, behind: []};
  return {
    message: inEvery((language) => carriedText(part, eyeHands[language])),
    because: note.because,
    status: statusIn(note),
  };
};
