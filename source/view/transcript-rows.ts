// Writes the events of a run as rows of text: one for each event, with a change of state beside its cause. The command `show` prints the
// rows, line mode draws them.

import {entryAt, instantOf, instantsFrom} from '../account/entries.ts';
import {mayKnow} from '../account/eyes.ts';
import {fateIn, type WayEnd} from '../account/fates.ts';
import {httpPartIn} from '../account/http-parts.ts';
import {http2PartIn} from '../account/http2-parts.ts';
import {carriedText, openedText, partsText} from '../account/notation.ts';
import {openedParts} from '../account/opened-parts.ts';
import {conversationSign, packetOf} from '../account/packet.ts';
import {sentParts} from '../account/packet-parts.ts';
import type {Part} from '../account/part.ts';
import {websocketPartIn} from '../account/websocket-parts.ts';
import type {BoundBeat} from '../lesson/bound-beat.ts';
import {hostName} from '../lesson/host-names.ts';
import type {Language} from '../lesson/text.ts';
import type {EventOf, Trace, TraceEvent} from '../sim/trace.ts';
import {appEventText} from '../words/app-text.ts';
import {callText} from '../words/call-text.ts';
import {byHandTexts} from '../words/catalogue/by-hand.ts';
import {transcriptTexts} from '../words/catalogue/transcript.ts';
import {arrivedText, lostText} from '../words/fates.ts';
import {eyeHands} from '../words/hands.ts';
import {type Glyphs, glyphsFor, plainText} from './glyphs.ts';
import {isWindowNews, windowsTold, windowText} from './ladder/window-told.ts';
import {stateLeftText} from './state-left.ts';

export type TranscriptStyle = {
  readonly language: Language;
  readonly ascii: boolean;
  /**
   * The beats (narrations and questions) of the lesson, which decide for which packets the transcript mentions the TCP window. @default
   * none
   */
  readonly beats?: readonly BoundBeat[];
};

export type Row = {
  readonly n: number;
  readonly atUs: number;
  /** True if the time of this transcript row is an estimate, because the capture does not show the event. */
  readonly estimated: boolean;
  /** The display name of the host. */
  readonly host: string;
  /**
   * The transcript's text on the event; for a sent packet, its route and its content as separate parts, which a narrow page puts on
   * separate lines.
   */
  readonly action: readonly string[];
  readonly state: string;
};

const actionText = ({action, result}: EventOf<'call'>): string =>
  `${callText(action)}${result === 'ok' ? '' : ` = ${result}`}`;

const packetName = ({packet, hop}: {readonly packet: number; readonly hop: number}): string =>
  `${packet < 0 ? `ARP ${-packet}` : packet}${hop > 0 ? `.${hop}` : ''}`;

type Telling = {
  readonly trace: Trace;
  readonly language: Language;
  readonly glyphs: Glyphs;
  /** The numbers of the packets whose TCP window a lesson's beat mentions. */
  readonly windows: ReadonlySet<number>;
  /** The signs that a transcript uses for a departure, a change of state and a timer; some are longer than those on a screen. */
  readonly signs: {readonly leaves: string; readonly becomes: string; readonly timer: string};
};

const tellingOf = (trace: Trace, {language, ascii, beats = []}: TranscriptStyle): Telling => {
  const glyphs = glyphsFor(ascii);
  const signs = ascii
    ? {leaves: '-->', becomes: '->', timer: 'timer'}
    : {leaves: '──▸', becomes: '→', timer: glyphs.timer};
  return {trace, language, glyphs, signs, windows: windowsTold(beats, trace)};
};

/** Returns a text on the HTTP message in a packet, or on what is inside its TLS records; empty if neither is known. */
const insideText = (packet: number, {trace, language, glyphs}: Telling): readonly string[] => {
  if (packet <= 0) return [];
  const hand = eyeHands[language];
  const http =
    http2PartIn(trace, packet) ?? websocketPartIn(trace, packet) ?? httpPartIn(trace, packet)?.part;
  const words = openedText(openedParts(trace, packet), hand) || (http ? carriedText(http, hand) : '');
  return words === '' ? [] : [plainText(words, glyphs)];
};

/**
 * Returns the transcript's summary of a sent packet. A TCP window that has changed noticeably, or that a beat mentions, follows the
 * numbers, as on the ladder.
 */
const summaryText = (event: EventOf<'send'>, {trace, language, glyphs, windows}: Telling): string => {
  const {packet} = event;
  const parts = sentParts(trace, event);
  const hand = eyeHands[language];
  const isTold = packet > 0 && (windows.has(packet) || isWindowNews(trace, packet));
  const window = isTold ? windowText(trace, packet) : undefined;
  if (window === undefined) return partsText(parts, hand);
  const isNumber = ({kind}: Part): boolean => kind === 'flags' || kind === 'number';
  const rest = partsText(
    parts.filter((part) => !isNumber(part)),
    hand,
  );
  return `${partsText(parts.filter(isNumber), hand)} win=${plainText(window, glyphs)}${rest === '' ? '' : ` ${rest}`}`;
};

const sendText = (event: EventOf<'send'>, telling: Telling): readonly string[] => {
  const {frame, to, retransmission, packet} = event;
  const {trace, language, glyphs, signs} = telling;
  const summary = frame ? summaryText(event, telling) : `${packetOf(trace, packet).originalLength} B`;
  const again = retransmission ? `${glyphs.again} ` : '';
  const {conversation} = packet > 0 ? packetOf(trace, packet) : {};
  const sign = conversationSign(trace.header, conversation);
  const of = sign === undefined ? '' : `${sign} `;
  const inside = frame ? insideText(packet, telling) : [];
  const way = `${packetName(event)} ${signs.leaves} ${hostName(trace, to)[language]}`;
  const yours = event.inPlaceOf ? ` (${byHandTexts.yours[language]})` : '';
  return [way, `${of}${again}${summary}${yours}`, ...inside];
};

/** Tells whether a capture shows the time of a packet at only one end of its way. */
const isUntimed = (trace: Trace, {packet, untimed}: WayEnd): boolean =>
  untimed ?? (packet > 0 && (entryAt(trace, packetOf(trace, packet).sendEvent).untimed ?? false));

/** Returns the transcript's text on where a packet arrived or was lost; undefined if the time of its arrival is unknown. */
const endText = (event: WayEnd, {trace, language, glyphs}: Telling): string | undefined => {
  const fate = fateIn(event);
  if (fate.what === 'lost') return `${packetName(event)} ${glyphs.lost} ${lostText(fate)[language]}`;
  if (isUntimed(trace, event)) return undefined;
  const altered = fate.altered ? `, ${transcriptTexts.altered[language]}` : '';
  return `${packetName(event)} ${glyphs.arrivedRight} ${arrivedText(fate)[language]}${altered}`;
};

/** Returns the text of an event's own transcript line; undefined if the event is told in another line or not at all. */
const eventText = (event: TraceEvent, telling: Telling): string | readonly string[] | undefined => {
  const {language, signs} = telling;
  switch (event.kind) {
    case 'call':
      return actionText(event);
    case 'send':
      return sendText(event, telling);
    case 'arrive':
    case 'drop':
      return endText(event, telling);
    case 'timer':
      return event.op === 'fire'
        ? `${signs.timer} ${event.name} ${transcriptTexts.fires[language]}`
        : undefined;
    case 'note':
    case 'tls':
    case 'answer':
      return appEventText(event, language);
    case 'app-timer': {
      const what = appEventText(event, language);
      return what && `${signs.timer} ${what}`;
    }
    case 'deliver':
      return `${event.bytes} ${transcriptTexts.delivers[language]}`;
    case 'signal':
      return event.signal.startsWith('E') ? event.signal : undefined;
    case 'state':
      return undefined;
  }
};

/** Tells whether an event may have caused a change of TCP state. In a capture, which shows no calls, sending a packet counts, too. */
const mayCause = ({kind}: TraceEvent, isCapture: boolean): boolean =>
  kind === 'call' || kind === 'arrive' || kind === 'timer' || (isCapture && kind === 'send');

/**
 * Returns the transcript rows of one instant. A change of TCP state is told in the row of its cause; a second change of the same host has
 * its own row.
 */
const instantRows = (events: readonly TraceEvent[], telling: Telling): readonly Row[] => {
  const {trace, language, glyphs, signs} = telling;
  const rows: Row[] = [];
  let cause = -1;
  for (const event of events) {
    if (!mayKnow(trace, event)) continue;
    const {n, atUs, estimated = false} = event;
    const host = hostName(trace, event.host)[language];
    if (event.kind === 'state') {
      const mark = event.deduced ? `${glyphs.deduced} ` : '';
      const from = stateLeftText(event, language);
      const state = `${mark}${from} ${signs.becomes} ${event.to}`;
      const row = rows[cause];
      if (row?.host === host && row.state === '') rows[cause] = {...row, state};
      else rows.push({n, atUs, estimated, host, action: [], state});
      continue;
    }
    const action = eventText(event, telling);
    if (action === undefined) continue;
    if (cause < 0 && mayCause(event, trace.header.profile === 'capture')) cause = rows.length;
    rows.push({n, atUs, estimated, host, action: [action].flat(), state: ''});
  }
  return rows;
};

export function* rowsOf(trace: Trace, style: TranscriptStyle): Generator<Row, void> {
  const telling = tellingOf(trace, style);
  for (const instant of instantsFrom(trace)) yield* instantRows(instant, telling);
}

/** Returns the last transcript rows up to event number `cursor`, at most `most` rows. */
export const rowsUntil = (
  trace: Trace,
  cursor: number,
  {most, style}: {readonly most: number; readonly style: TranscriptStyle},
): readonly Row[] => {
  const telling = tellingOf(trace, style);
  let rows: readonly Row[] = [];
  for (let n = cursor; n > 0 && rows.length < most; ) {
    const last = n;
    const instant = instantOf(trace, last).filter((event) => event.n <= last);
    rows = [...instantRows(instant, telling), ...rows];
    n = (instant[0]?.n ?? 1) - 1;
  }
  return rows.slice(Math.max(0, rows.length - most));
};
