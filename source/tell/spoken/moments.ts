// Puts a run into sentences for a screen reader: the events of each moment of the player, in the order in which they happen.

import {entriesBetween, entryAt} from '../../account/entries.ts';
import {mayKnow} from '../../account/eyes.ts';
import {fateIn, fateOf, type WayEnd} from '../../account/fates.ts';
import {frameParts} from '../../account/frame-parts.ts';
import {partsText, withProtocol} from '../../account/notation.ts';
import {connectionSign, packetOf} from '../../account/packet.ts';
import {isLossProbe} from '../../account/recovery.ts';
import type {BoundBeat} from '../../lesson/bound-beat.ts';
import {hostName} from '../../lesson/host-names.ts';
import {type Language, spaced, textOf, worded} from '../../lesson/text.ts';
import type {EventOf, PacketRecord, Trace, TraceEvent} from '../../sim/trace.ts';
import {labelAt} from '../../view/ladder/label.ts';
import type {LabelPart} from '../../view/ladder/label-part.ts';
import {windowsTold} from '../../view/ladder/window-told.ts';
import {stateLeftText} from '../../view/state-left.ts';
import {at, gapAfter, type Pacing} from '../../view/time/pace.ts';
import type {Question} from '../../view/time/waypoints.ts';
import type {Frame} from '../../wire/frame.ts';
import {appEventText} from '../../words/app-text.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {bytesWords, sentences, spokenSentences} from '../../words/catalogue/spoken.ts';
import {fieldWords, spokenWords} from '../../words/catalogue/spoken-words.ts';
import {lostText} from '../../words/fates.ts';
import {earHands} from '../../words/hands.ts';
import {linkChangeText} from '../../words/link-change-text.ts';
import {signalText} from '../../words/signal-text.ts';
import {asSentence, carriedWords, ended, packetWord} from '../../words/spoken.ts';
import {spokenEstimate, spokenText, spokenTime} from '../../words/spoken-text.ts';
import {terminal} from '../../words/written.ts';

export type SpokenRun = {
  readonly trace: Trace;
  readonly pacing: Pacing;
  readonly language: Language;
  /** True if TCP's sequence numbers count from each end's initial sequence number (ISN). */
  readonly relative: boolean;
  /** The open questions, whose answers the sentences must not reveal. */
  readonly questions?: readonly Question[];
  /** The lesson's beats, which decide which packets' windows are spoken. @default nothing */
  readonly beats?: readonly BoundBeat[];
};

type Kind<K extends TraceEvent['kind']> = EventOf<K>;

const hostWord = (host: string, {trace, language}: SpokenRun): string => hostName(trace, host)[language];

/** Returns the words for the sign of a connection in a capture: `#2` becomes “connection 2”, `u3` a UDP conversation. */
const conversationWords = (sign: string, language: Language): string =>
  (sign.startsWith('#') ? spokenWords.connection : spokenWords.udp)[language]({number: sign.slice(1)});

const partWords = ({kind, name, value, said, hidden}: LabelPart, language: Language): string => {
  if (hidden) {
    if (kind === 'http') return `HTTP ${spokenWords.blank[language]}`;
    const field =
      kind === 'flags' ? spokenWords.flags[language] : (textOf(fieldWords, kind)?.[language] ?? kind);
    return `${field}${punctuation.space[language]}${spokenWords.blank[language]}`;
  }
  if (kind === 'conversation') return conversationWords(value, language);
  if (said !== undefined) return carriedWords(said, language);
  const [window, scale] = kind === 'win' ? value.split('×') : [];
  if (scale !== undefined)
    return `${fieldWords.win?.[language]} ${spokenSentences.unscaled[language]({field: window ?? ''})}`;
  return kind === 'flags' && value === '-'
    ? spokenWords.noFlags[language]
    : spokenText(terminal.text(`${name}${value}`), language);
};

/** Returns the words for a packet's label, such as `SYN and ACK, sequence 9000, acknowledgment 1001`. */
export const labelWords = (label: readonly LabelPart[], language: Language): string =>
  label.map((part) => partWords(part, language)).join(punctuation.comma[language]);

const packetWords = (
  {trace, relative, language, questions = [], beats = []}: SpokenRun,
  {packet, n}: Pick<Kind<'send'>, 'packet' | 'n'>,
): string => {
  const record = packetOf(trace, packet);
  const windows = windowsTold(beats, trace);
  return labelWords(labelAt(trace, record, n, {relative, questions, windows, language}), language);
};

/**
 * Returns what a screen reader says of a frame that has no packet record, such as an ARP frame or a copy altered on the way: first its
 * parts other than TLS, then its TLS records.
 */
const spokenFrame = (frame: Frame, language: Language): string => {
  const parts = frameParts(frame);
  const hand = earHands[language];
  const tls = parts.filter((part) => part.kind === 'tls');
  const rest = parts.filter((part) => part.kind !== 'tls');
  const numbers = rest.map((part) =>
    part.kind === 'dns' ? partsText([part], hand) : spokenText(partsText([part], hand), language),
  );
  return [numbers.join(' '), ...(tls.length > 0 ? [withProtocol(tls, hand)] : [])].join(', ');
};

/**
 * Returns the words for the content of a frame that was sent. An ARP frame has no packet record, so its content is taken from the event.
 */
const sentWords = (run: SpokenRun, event: Kind<'send'>): string =>
  event.packet > 0 ? packetWords(run, event) : event.frame ? spokenFrame(event.frame, run.language) : '';

/**
 * Returns the sentence on a frame that a host sends or a router forwards. `withTo`: the sentence names the receiver; without it, the
 * sentence on packets in flight does.
 */
const sendText = (run: SpokenRun, event: Kind<'send'>, withTo: boolean): string => {
  const host = hostWord(event.host, run);
  const packet = packetWord(event.packet, run.language);
  // The original sender's sentence names the packet's destination; a router's sentence names the next hop.
  const next = event.hop === 0 && event.packet > 0 ? packetOf(run.trace, event.packet).to : event.to;
  const to = withTo ? sentences.to[run.language]({host: hostWord(next, run)}) : '';
  if (event.hop > 0) return `${sentences.passesOn[run.language]({host, packet})}${to}`;
  const words = sentWords(run, event);
  const sends = event.retransmission ? sentences.sendsAgain : sentences.sends;
  return `${sends[run.language]({host, packet, what: words, probe: isLossProbe(event)})}${to}`;
};

/**
 * Tells whether a capture shows no time for the packet's departure or arrival. An arrival at the same instant would be a guess, so none is
 * said.
 */
const isUntimed = ({trace}: Pick<SpokenRun, 'trace'>, {sendEvent, endEvent}: PacketRecord): boolean =>
  (entryAt(trace, sendEvent).untimed ??
    (endEvent === undefined ? undefined : entryAt(trace, endEvent).untimed)) === true;

const endText = (run: SpokenRun, event: WayEnd): string | undefined => {
  const {language} = run;
  const packet = packetWord(event.packet, run.language);
  const fate = fateIn(event);
  if (fate.what === 'lost') return sentences.isLost[language]({packet, how: lostText(fate)[language]});
  if (event.packet > 0 && isUntimed(run, packetOf(run.trace, event.packet))) return undefined;
  const host = hostWord(event.host, run);
  const end = event.packet > 0 ? packetOf(run.trace, event.packet).endEvent : undefined;
  const isCopy = end !== undefined && end < event.n;
  const altered = fate.altered
    ? sentences.altered[language]({what: spokenFrame(fate.altered.frame, language)})
    : '';
  const arrives =
    fate.how === 'presumed'
      ? sentences.arrivesPresumably
      : isCopy
        ? sentences.arrivesAgain
        : sentences.arrives;
  return `${arrives[language]({packet, host})}${altered}`;
};

const callDetails = (run: SpokenRun, {action}: Kind<'call'>): string => {
  const {language} = run;
  switch (action.call) {
    case 'listen':
    case 'accept':
      return worded(spokenWords.onPort, {port: action.port})[language];
    case 'connect':
      return worded(spokenWords.toPort, {host: hostWord(action.to.host, run), port: action.to.port})[
        language
      ];
    case 'send':
    case 'receive':
      return bytesWords[language]({bytes: action.bytes});
    default:
      return '';
  }
};

/** Returns the sentence for an event, without its time; undefined: the event is said together with another one, or not at all. */
const eventText = (run: SpokenRun, event: TraceEvent, flying: ReadonlySet<number>): string | undefined => {
  const {language} = run;
  const host = hostWord(event.host, run);
  switch (event.kind) {
    case 'send':
      return sendText(run, event, event.hop > 0 || !flying.has(event.packet));
    case 'arrive':
    case 'drop':
      return endText(run, event);
    case 'call':
      if (event.action.call === 'setLink')
        return spokenText(linkChangeText(event.action, language), language);
      return `${sentences.calls[language]({host, call: event.call, withDetails: callDetails(run, event) !== '', details: callDetails(run, event)})}${event.result === 'ok' ? '' : sentences.fails[language]({error: event.result})}`;
    case 'timer':
      return event.op === 'fire' ? sentences.runsOut[language]({host, timer: event.name}) : undefined;
    case 'note':
    case 'tls':
    case 'answer':
    case 'app-timer': {
      const what = appEventText(event, language);
      return what && sentences.does[language]({host, what: spokenText(what, language)});
    }
    case 'deliver':
      return sentences.delivers[language]({host, bytes: event.bytes});
    case 'signal':
      if (event.signal === 'eof') return sentences.endOfData[language]({host});
      return event.signal.startsWith('E')
        ? spaced(sentences.told[language]({host, signal: event.signal}))
        : undefined;
    case 'state':
      return undefined;
  }
};

/** Returns the sentence for a state change; in a capture it is called deduced. */
const stateText = (run: SpokenRun, event: Kind<'state'>): string => {
  const {host, to, deduced, connection} = event;
  const what = sentences.goes[run.language]({
    host: hostWord(host, run),
    from: stateLeftText(event, run.language),
    to,
  });
  return deduced
    ? sentences.deduced[run.language]({of: connectionSign(run.trace.header, connection)?.slice(1), what})
    : what;
};

/** Returns a sentence for an event about which nothing else is said, such as a timer that is started, or a signal to a program. */
const quietText = (run: SpokenRun, event: TraceEvent): string | undefined => {
  const host = hostWord(event.host, run);
  if (event.kind === 'signal')
    return spaced(sentences.told[run.language]({host, signal: signalText(event.signal, run.language)}));
  if (event.kind !== 'timer' && event.kind !== 'app-timer') return undefined;
  const name = event.kind === 'timer' ? event.name : event.app.toUpperCase();
  return event.op === 'arm'
    ? sentences.starts[run.language]({host, timer: name, due: spokenTime(event.dueUs, run.language)})
    : sentences.stops[run.language]({host, timer: name});
};

const momentEvents = ({trace, pacing}: SpokenRun, moment: number): readonly TraceEvent[] => {
  const from = moment === 0 ? 1 : at(pacing.event, moment - 1) + 1;
  const to = at(pacing.event, moment);
  return to < from ? [] : [...entriesBetween(trace, from, to)].filter((event) => mayKnow(trace, event));
};

/** Returns the sentence on the idle time that the player skips before this moment; empty if there is none. */
const gapLines = ({pacing, language}: SpokenRun, moment: number): string[] => {
  const gap = moment > 0 ? gapAfter(pacing, moment - 1) : undefined;
  if (gap === undefined) return [];
  const time = spokenTime(gap.toUs - gap.fromUs, language);
  return [ended(sentences.passes[language]({time, one: time.startsWith('1 ')}), language)];
};

/** Returns the sentences for the events of one moment. `flying`: the numbers of packets in flight, whose receivers other sentences name. */
export const momentLines = (
  run: SpokenRun,
  moment: number,
  flying: ReadonlySet<number> = new Set(),
): readonly string[] => {
  const {language} = run;
  const line = (text: string): string => asSentence(text, language);
  const timed = ({atUs, estimated}: TraceEvent, text: string): string =>
    line(
      (estimated ? sentences.atAbout : sentences.at)[language]({
        time: (estimated ? spokenEstimate : spokenTime)(atUs, language),
        what: text,
      }),
    );
  const events = momentEvents(run, moment);
  const sends = events.some(({kind}) => kind === 'send');
  const changes = events.flatMap((event) => (event.kind === 'state' ? [line(stateText(run, event))] : []));
  const acts = events.flatMap((event) => {
    // The sentence on the sending says more than one on the call, so the call is left out.
    if (event.kind === 'call' && sends && event.result === 'ok') return [];
    const text = eventText(run, event, flying);
    return text === undefined ? [] : [timed(event, text)];
  });
  const [first, ...rest] = acts;
  const quiet =
    first === undefined && changes.length === 0
      ? events.flatMap((event) => {
          const text = quietText(run, event);
          return text === undefined ? [] : [timed(event, text)];
        })
      : [];
  const gap = gapLines(run, moment);
  if (first === undefined) return [...gap, ...changes, ...quiet];
  if (sends) return [...gap, ...acts, ...changes];
  // An arrival and the state changes that it causes are said in one line.
  return [...gap, [first, ...changes].join(punctuation.space[language]), ...rest];
};

/** Returns the packets in flight at a moment, oldest first. */
export const packetsInFlight = ({trace, pacing}: SpokenRun, moment: number): readonly PacketRecord[] => {
  const newest = at(pacing.sent, moment);
  const cursor = at(pacing.event, moment);
  const flying: PacketRecord[] = [];
  for (let id = Math.max(1, newest - searched + 1); id <= newest; id++) {
    const packet = packetOf(trace, id);
    // A capture does not always show the arrival of a packet.
    const lands = packet.endEvent === undefined ? packet.dueUs > at(pacing.atUs, moment) : true;
    if (lands && !isUntimed({trace}, packet) && (packet.endEvent ?? cursor + 1) > cursor) flying.push(packet);
  }
  return flying;
};

/** The number of newest packets that are searched; older ones have landed. */
const searched = 100;

export const flightLines = (run: SpokenRun, flying: readonly PacketRecord[]): readonly string[] =>
  flying.map((packet) => {
    const {language, trace} = run;
    const {id, to, dueUs} = packet;
    const fate = fateOf(trace, packet);
    const landsUs = fate?.what === 'delivered' ? fate.atUs : dueUs;
    const due = fate?.estimated
      ? sentences.about[language]({time: spokenEstimate(landsUs, language)})
      : spokenTime(landsUs, language);
    const text = sentences.isOnItsWay[language]({
      packet: packetWord(id, language),
      host: hostWord(to, run),
      due,
    });
    return asSentence(text, language);
  });
