// Explains, for *Why?*, for which HTTP, TLS or DNS message a simulated segment was sent or a connection opened; TCP only carries the
// messages.
import {mayKnow} from '../../account/eyes.ts';
import {httpPartIn} from '../../account/http-parts.ts';
import {carriedText} from '../../account/notation.ts';
import {packetOf, segmentOf} from '../../account/packet.ts';
import type {HttpPart} from '../../account/part.ts';
import {tlsPartsIn} from '../../account/tls-parts.ts';
import type {Rule} from '../../lesson/rule.ts';
import {type Message, sameIn, type Text, worded} from '../../lesson/text.ts';
import type {Above} from '../../sim/because.ts';
import type {EventOf, Trace, TraceEvent} from '../../sim/trace.ts';
import {spokenMessage} from '../../wire/tls/message-name.ts';
import {inEvery} from '../../words/catalogue/language.ts';
import {capturedCarried, whyTexts} from '../../words/catalogue/player.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {eyeHands} from '../../words/hands.ts';
import {asksForHttp} from '../ladder/label.ts';
import type {View} from '../view.ts';
import {casedRule} from './case-text.ts';

type CarriedReason = {readonly by: Above['by']; readonly text: Text; readonly rule: Rule | undefined};

/** Texts on what an HTTP status means, by its first digit. */
const statusTexts: {readonly [kind: string]: Message<{readonly status: number}>} = capturedCarried.status;

const answerRule = '9110:15/answer';

/**
 * Returns a text on what the class of an HTTP status means, if the rule of the response covers all statuses (RFC 9110 §15); otherwise
 * undefined.
 */
export const statusText = (because: string, status: unknown): Text | undefined =>
  because === answerRule && typeof status === 'number'
    ? worded(statusTexts[`${Math.floor(status / 100)}`] ?? capturedCarried.status.other, {status})
    : undefined;

/** Joins several texts of sentences into one; those that are undefined are left out. */
export const inSentences = (texts: readonly (Text | undefined)[]): Text =>
  inEvery((language) =>
    texts.flatMap((text) => (text ? [text[language]] : [])).join(punctuation.space[language]),
  );

/**
 * Returns the reasons that the layers above TCP have for an event of a run, the highest layer first; empty if the chosen observer may not
 * know them.
 */
export const reasonsAbove = (trace: Trace, {n, host}: TraceEvent): readonly Above[] =>
  mayKnow(trace, {kind: 'note', host}) ? (trace.reasonAt?.(n)?.above ?? []) : [];

/** Returns the names of the TLS handshake messages of which a segment contains a part; undefined if there are none. */
const messagesOf = (trace: Trace, packet: number): string | undefined => {
  const segment = segmentOf(packetOf(trace, packet));
  const parts = segment ? tlsPartsIn(trace, packet, segment) : [];
  const names = parts.flatMap((part) =>
    part.says === 'hello' || part.says === 'message' ? [part.name] : [],
  );
  return names.length === 0 ? undefined : names.join(', ');
};

/**
 * Returns the start line, without the version, of the HTTP message that begins in a packet; undefined if none does, or if an open question
 * asks for it.
 */
const httpMessage = ({input, hidden}: View, packet: number): Text | undefined => {
  const said = asksForHttp(hidden, [packet]) ? undefined : httpPartIn(input.trace, packet)?.part;
  if (!said || said.goesOn) return undefined;
  const part: HttpPart = {...said, behind: []};
  return inEvery((language) => carriedText(part, eyeHands[language]));
};

/** Returns a text that names the message in a sent segment, by the highest layer that can name it; undefined if none can. */
export const carriedMessage = (view: View, event: EventOf<'send'>): Text | undefined => {
  const {trace} = view.input;
  const said = reasonsAbove(trace, event).map(({by, goesOn, facts}) => {
    if (by === 'HTTP') return goesOn ? undefined : httpMessage(view, event.packet);
    const message = facts?.['message'];
    const first = message === undefined ? undefined : spokenMessage(`${message}`);
    const name = goesOn ? messagesOf(trace, event.packet) : first;
    return name === undefined ? undefined : sameIn(name);
  });
  return said.find((each) => each !== undefined);
};

const reasonOf = (view: View, event: TraceEvent, above: Above): readonly CarriedReason[] => {
  const {by, rule: id, goesOn, facts} = above;
  if (goesOn) return by === 'TLS' ? [{by, text: whyTexts.goesOn, rule: undefined}] : [];
  const isAsked = by === 'HTTP' && event.kind === 'send' && asksForHttp(view.hidden, [event.packet]);
  const rule = isAsked ? undefined : casedRule(view.input.trace, event, view.input.rule(id), above);
  return rule ? [{by, text: inSentences([statusText(id, facts?.['status']), rule.text]), rule}] : [];
};

/** Returns those reasons of the layers above TCP for an event that have a text, the highest first. */
export const carriedReasons = (view: View, event: TraceEvent): readonly CarriedReason[] =>
  reasonsAbove(view.input.trace, event).flatMap((above) => reasonOf(view, event, above));
