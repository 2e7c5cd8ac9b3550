// Explains, for *Why?*, the HTTP, HTTP/2 or TLS messages that a captured segment carries; this reason comes before the rule of TCP.
import {citation} from '../../account/citation.ts';
import {type Exchange, exchangesIn} from '../../account/http/exchanges.ts';
import {httpPartIn} from '../../account/http-parts.ts';
import {http2PartIn} from '../../account/http2-parts.ts';
import {carriedText} from '../../account/notation.ts';
import {openedParts} from '../../account/opened-parts.ts';
import {packetOf, segmentOf} from '../../account/packet.ts';
import type {Http2FramePart, HttpPart, TlsPart} from '../../account/part.ts';
import {tlsPartsIn} from '../../account/tls-parts.ts';
import type {Rule} from '../../lesson/rule.ts';
import {type Message, type Text, worded} from '../../lesson/text.ts';
import {connectionsIn, mayBeRead} from '../../observe/connections.ts';
import {messageRule, recordRules} from '../../observe/tls-reasons.ts';
import {type TlsSession, tlsSessionOf} from '../../observe/tls-sessions.ts';
import type {Trace} from '../../sim/trace.ts';
import {inEvery} from '../../words/catalogue/language.ts';
import {capturedCarried as say, whyTexts} from '../../words/catalogue/player.ts';
import {eyeHands} from '../../words/hands.ts';
import {inSentences, statusText} from './carried-reasons.ts';
import {clauseOf} from './clause.ts';

export type RuleOf = (id: string) => Rule | undefined;

export type Carried = {
  readonly by: 'HTTP' | 'HTTP/2' | 'TLS';
  readonly text: Text;
  /** The clause of the RFC behind the reason's text; undefined if the text itself names it. */
  readonly clause: Text | undefined;
};

const ruled = (by: Carried['by'], rule: Rule | undefined): readonly Carried[] =>
  rule ? [{by, text: rule.text, clause: inEvery((language) => clauseOf(rule, language))}] : [];

const told = (by: Carried['by'], text: Text, clause?: string): readonly Carried[] => [
  {by, text, clause: clause === undefined ? undefined : inEvery(() => citation(clause))},
];

/**
 * Returns the packet with the HTTP request that the response in a packet answers (RFC 9112 §9.2); undefined if there is none, or it is in
 * the same packet. An interim response precedes the final one (RFC 9110 §15.2).
 */
const requestOf = (trace: Trace, packet: number): number | undefined => {
  const all = exchangesIn(trace);
  const own = all.find(({packets, status}) => status !== undefined && packets.includes(packet));
  const connectionOf = (id: number) => connectionsIn(trace).carriedBy(id)?.connection;
  const {sendEvent} = packetOf(trace, packet);
  const waits = ({packets: [request = packet], done}: Exchange): boolean =>
    request < packet &&
    (done === undefined || done.n > sendEvent) &&
    connectionOf(request) === connectionOf(packet);
  const [first] = (own ?? all.find(waits))?.packets ?? [];
  return first === packet ? undefined : first;
};

/**
 * Returns which of several HTTP requests in packet `request` the response in packet `packet` answers, counted from 1; undefined if that
 * packet has only one request.
 */
const nthOf = (trace: Trace, packet: number, request: number): number | undefined => {
  const all = exchangesIn(trace).filter(({packets: [first]}) => first === request);
  const nth = all.findIndex(({packets, status}) => status !== undefined && packets.includes(packet));
  return all.length > 1 && nth >= 0 ? nth + 1 : undefined;
};

const httpReasons = (trace: Trace, packet: number, ruleOf: RuleOf): readonly Carried[] => {
  const found = httpPartIn(trace, packet);
  if (!found) return [];
  const {part, begins} = found;
  if (part.goesOn) return told('HTTP', worded(say.httpGoesOn, {packet: begins}));
  if ('method' in part)
    return ruled('HTTP', ruleOf((part.behind ?? []).length > 0 ? '9112:9.3.2/pipeline' : '9110:9.3/request'));
  const interim = 'status' in part && Number(part.status) < 200;
  const request = requestOf(trace, packet);
  const nth = request === undefined ? undefined : nthOf(trace, packet, request);
  const answers = worded(say.httpAnswers, {packet: request, nth, interim});
  const rule = ruleOf('9110:15/answer');
  const said = 'status' in part ? statusText('9110:15/answer', Number(part.status)) : undefined;
  return ruled('HTTP', rule).map(({text, ...each}) => ({
    ...each,
    text: inSentences([answers, said, text]),
  }));
};

/** The kinds of HTTP/2 frames, the kind first that best explains why a packet was sent if it contains several. */
const http2Order: readonly string[] = [
  ...['request', 'status', 'trailers', 'octets', 'end', 'preface', 'SETTINGS', 'PING'],
  ...['SETTINGSack', 'PINGack', 'WINDOW_UPDATE', 'PRIORITY'],
];

const http2Kind = ({name, said}: Http2FramePart): string => {
  if (name === undefined) return 'preface';
  if (said === undefined || said.kind === 'increment') return name;
  return said.kind === 'ack' ? `${name}ack` : said.kind;
};

type Telling = {readonly what: string; readonly frame: Http2FramePart};

const tellingIn = (trace: Trace, packet: number): Telling | undefined => {
  const frames = http2PartIn(trace, packet)?.frames ?? [];
  const kinds = frames.map(http2Kind);
  const what = http2Order.find((kind) => kinds.includes(kind));
  const frame = what === undefined ? undefined : frames[kinds.indexOf(what)];
  return frame && what !== undefined ? {what, frame} : undefined;
};

/** The texts on why a packet was sent, by the kind of the HTTP/2 frame in it. */
const http2Texts: {readonly [what: string]: Text | Message<{readonly stream: number}>} = say.http2;

const http2Reasons = (trace: Trace, packet: number): readonly Carried[] => {
  const telling = tellingIn(trace, packet);
  if (!telling) return [];
  const {what, frame} = telling;
  return told('HTTP/2', worded(http2Texts[what] ?? say.http2.other, {stream: frame.stream}));
};

const namesOf = (parts: readonly TlsPart[]): readonly string[] =>
  parts.flatMap((part) => (part.says === 'hello' || part.says === 'message' ? [part.name] : []));

type Records = {
  readonly clear: readonly TlsPart[];
  readonly opened: readonly TlsPart[];
  readonly inside: boolean;
};

const recordsIn = (trace: Trace, packet: number): Records => {
  const segment = segmentOf(packetOf(trace, packet));
  const inside = openedParts(trace, packet).flatMap(({parts}) => parts);
  return {
    clear: segment ? tlsPartsIn(trace, packet, segment) : [],
    opened: inside.flatMap((part) => (part.kind === 'tls' ? [part] : [])),
    inside: inside.some((part) => part.kind !== 'tls'),
  };
};

/** Explains TLS records that carry data or change the keys, and in which no handshake message can be named. */
const dataReasons = (session: TlsSession, {clear, inside}: Records, ruleOf: RuleOf): readonly Carried[] => {
  const {write: writes, change, isCurrent, isOlder} = recordRules(session);
  const says = new Set(clear.map((part) => part.says));
  const write = ruled('TLS', ruleOf(writes ?? ''));
  if (inside) return write;
  if (says.has('change') && (says.size === 1 || isOlder)) {
    const finished = says.has('handshake') ? say.finishedBehind : undefined;
    return ruled('TLS', ruleOf(change ?? '')).map((each) => ({
      ...each,
      text: inSentences([each.text, finished]),
    }));
  }
  if (says.has('handshake')) return told('TLS', say.sealedHandshake, '5246 §7.4');
  if (says.has('alert')) return told('TLS', say.sealedAlert, '5246 §7.2');
  const data = clear.filter((part) => part.says === 'data');
  if (data.length > 0 && !isCurrent) return write;
  if (data.length > 0) return told('TLS', data.every(({begins}) => begins) ? say.begins : say.sealed);
  return says.size === 1 && says.has('piece') ? told('TLS', whyTexts.goesOn) : [];
};

const tlsReasons = (trace: Trace, packet: number, ruleOf: RuleOf): readonly Carried[] => {
  const carried = mayBeRead(trace, packet) ? connectionsIn(trace).carriedBy(packet) : undefined;
  const session = carried && tlsSessionOf(trace, carried.connection);
  if (!carried || !session) return [];
  const records = recordsIn(trace, packet);
  const names = namesOf([...records.clear, ...records.opened]);
  const [name] = names;
  if (name === undefined || records.inside) return dataReasons(session, records, ruleOf);
  const rule = messageRule({session, side: carried.side, name, packet});
  return rule ? ruled('TLS', ruleOf(rule)) : told('TLS', worded(say.handshake, {names: names.join(', ')}));
};

/** Returns the reasons of HTTP and TLS for which a captured packet was sent, the highest layer first; empty if only TCP has a reason. */
export const carriedIn = (trace: Trace, packet: number, ruleOf: RuleOf): readonly Carried[] => {
  const http2 = http2Reasons(trace, packet);
  return [
    ...(http2.length > 0 ? http2 : httpReasons(trace, packet, ruleOf)),
    ...tlsReasons(trace, packet, ruleOf),
  ];
};

/**
 * Returns a text on what begins in a packet: an HTTP/2 frame, the start line of an HTTP message, TLS messages or an alert; undefined if
 * none of these does.
 */
export const saidIn = (trace: Trace, packet: number): Text | undefined => {
  const telling = tellingIn(trace, packet);
  if (telling)
    return inEvery((language) => carriedText({kind: 'http2', frames: [telling.frame]}, eyeHands[language]));
  const http = httpPartIn(trace, packet)?.part;
  if (http && !http.goesOn) {
    const part: HttpPart = {...http, behind: []};
    return inEvery((language) => carriedText(part, eyeHands[language]));
  }
  const {clear, opened} = recordsIn(trace, packet);
  const names = namesOf([...clear, ...opened]);
  if (names.length > 0) return inEvery(() => names.join(', '));
  return clear.some(({says}) => says === 'alert') ? say.anAlert : undefined;
};
