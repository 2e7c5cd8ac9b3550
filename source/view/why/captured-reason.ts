// Explains events of a capture for *Why?*: what the marks of a packet say (such as retransmission), the rule that would explain the event,
// and how its time was determined.

import {entryAt, instantOf, ofKind} from '../../account/entries.ts';
import {type Fate, fateIn} from '../../account/fates.ts';
import {icmpMessageOf, packetOf, segmentOf} from '../../account/packet.ts';
import type {Rule} from '../../lesson/rule.ts';
import {type Language, type Text, worded} from '../../lesson/text.ts';
import {capturedReasonOf} from '../../observe/captured-reasons.ts';
import {isAgreed, mssOf} from '../../observe/observed-end.ts';
import {endsAt} from '../../observe/observed-ends.ts';
import {quicConnectionOf} from '../../observe/quic-in-trace.ts';
import {Mark, retransmissionMarks} from '../../observe/tcp-marks.ts';
import {untimedBecause} from '../../observe/untimed.ts';
import type {EventOf, Trace, TraceEvent} from '../../sim/trace.ts';
import {marksSeen} from '../../words/capture.ts';
import {asLinux, explainedBy, oneOfTwo} from '../../words/catalogue/capture.ts';
import {fateReasons} from '../../words/catalogue/fates.ts';
import {inEvery} from '../../words/catalogue/language.ts';
import {whyCapturedReasonSentences} from '../../words/catalogue/panels.ts';
import {whyTexts} from '../../words/catalogue/player.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {shownByText} from '../../words/fates.ts';
import {unicodeGlyphs} from '../glyphs.ts';
import {isReset} from '../state-left.ts';
import {carriedIn, type RuleOf} from './captured-carried.ts';
import {clauseOf} from './clause.ts';
import {lateAckText} from './late-ack.ts';
import {arpOf, arpRequest, carriedReason, errorReason, protocolReason} from './protocol-reason.ts';

export type Told = {
  readonly paragraphs: readonly string[];
  /** The clause that gives the reason of an event in a capture; undefined if there is none. */
  readonly rule: string | undefined;
};

/**
 * The parts that an explanation of a captured event has. *Why?* of a TCP variable leaves out what the segment carries, *Why?* of a field
 * leaves out how the time was determined.
 */
export type AskedFor = {
  readonly carried?: boolean;
  readonly times?: boolean;
};

const untimedText = (trace: Trace, packet: number): Text =>
  worded(whyTexts.untimed, {why: untimedBecause(trace, packet)});

/**
 * Tells whether an event was captured on the host at which it happened, so that the packet certainly reached that host, whatever its stack
 * did with it.
 */
export const isHere = (trace: Trace, {estimated, untimed, host}: TraceEvent): boolean =>
  !estimated && !untimed && host === trace.header.vantage?.host;

const arrivalSeen = (trace: Trace, event: EventOf<'arrive'>): Text => {
  if (event.untimed) return untimedText(trace, event.packet);
  if (event.estimated) return worded(whyTexts.notSeen, {sure: !event.presumed});
  return isHere(trace, event)
    ? worded(whyTexts.capturedHere, {how: fateIn(event, packetOf(trace, event.packet).deduced?.shownBy).how})
    : whyTexts.seenArriving;
};

/** Returns a text on why a TCP state in a capture follows from one segment alone, whatever came before; undefined if it does not. */
const stateAtOnce = (trace: Trace, event: EventOf<'state'>): Text | undefined => {
  if (event.from === undefined) return whyTexts.deducedLate;
  const isRefused = event.from === 'SYN-SENT';
  return event.to === 'CLOSED' && isReset(trace, event.instant)
    ? worded(whyTexts.deducedReset, {opening: isRefused})
    : undefined;
};

/**
 * Returns sentences on how a TCP state in a capture was deduced: from a segment that shows that its sender had already entered the state.
 */
const stateWords = (trace: Trace, event: EventOf<'state'>, language: Language): readonly string[] => {
  const atOnce = stateAtOnce(trace, event);
  const reason = atOnce ?? worded(whyTexts.deduced, {opens: event.to === 'SYN-SENT'});
  const way = entryAt(trace, event.instant);
  const isShown = way.kind === 'send' && atOnce === undefined;
  const shownBy = isShown ? shownByText({shownBy: [way.packet]}, false) : undefined;
  return [reason[language], ...(shownBy ? [shownBy[language]] : [])];
};

/** The operation code of an ARP reply, `ares_op` (RFC 826). */
const arpReply = 2;

const transportOf = (trace: Trace, packet: number | undefined) => {
  const payload = packet === undefined ? undefined : packetOf(trace, packet).frame?.payload;
  return payload?.kind === 'ip' ? payload.packet.transport : undefined;
};

/** How many packets are searched, backwards, for the packet that a captured ICMP message is about. */
const searched = 2000;

/** Returns the packet of which a captured ICMP message shows whether it arrived; undefined if there is none among the packets searched. */
const aboutIn = (trace: Trace, packet: number): number | undefined => {
  if (!icmpMessageOf(packetOf(trace, packet))) return undefined;
  for (let id = packet - 1; id > Math.max(0, packet - searched); id -= 1)
    if (packetOf(trace, id).deduced?.shownBy.includes(packet)) return id;
  return undefined;
};

/** Returns the packet that an ICMP error quotes, in a capture or a run; undefined if it is unknown. */
export const quotedIn = (trace: Trace, packet: number): number | undefined => {
  if (trace.header.profile === 'capture') return aboutIn(trace, packet);
  const {sendEvent} = packetOf(trace, packet);
  const thrown = ofKind(instantOf(trace, sendEvent), 'drop').findLast(({n}) => n < sendEvent);
  return thrown && thrown.packet > 0 ? thrown.packet : undefined;
};

/** Returns the packet with the request that an ARP reply answers; undefined if the packet is no reply, or the request was not captured. */
export const askedIn = (trace: Trace, packet: number): number | undefined => {
  const reply = arpOf(trace, packet);
  if (reply?.operation !== arpReply) return undefined;
  for (let id = packet - 1; id > 0; id -= 1) {
    const request = arpOf(trace, id);
    if (request?.operation === arpRequest && request.targetIp === reply.senderIp) return id;
  }
  return undefined;
};

const isCopy = (trace: Trace, packet: number): boolean =>
  ((packetOf(trace, packet).marks ?? 0) & Mark.copy) !== 0;

/**
 * Tells whether a packet marked as a retransmission is the first captured segment with its sequence numbers, because the original was not
 * captured.
 */
const fillsGap = (trace: Trace, packet: number): boolean => {
  const {marks = 0, retransmission} = packetOf(trace, packet);
  return (marks & retransmissionMarks) !== 0 && !retransmission;
};

/**
 * Explains a full segment that is smaller than the MSS in the SYNs, because timestamps take the difference (RFC 9293 §3.7.1, RFC 6691 §2);
 * undefined for other events.
 */
export const stampedText = (trace: Trace, event: TraceEvent): Text | undefined => {
  if (event.kind !== 'send' || event.packet < 1) return undefined;
  const bytes = segmentOf(packetOf(trace, event.packet))?.payload.length ?? 0;
  const connection = trace.connectionPackets?.of(event.packet);
  const end = connection === undefined ? undefined : endsAt(trace, connection, event.n).get(event.host);
  const [own, other] = [end?.offer?.mss, end?.peerOffer?.mss];
  if (!end || own === undefined || other === undefined || !isAgreed(end, 'timestamps')) return undefined;
  // The default MSS of the IP version does not matter, because both SYNs contain an MSS.
  return bytes === mssOf(end, 4) ? worded(whyTexts.stamped, {bytes, mss: Math.min(own, other)}) : undefined;
};

const sentReason = (trace: Trace, packet: number): Text => {
  if (isCopy(trace, packet)) return whyTexts.copy;
  const about = aboutIn(trace, packet);
  const error = about === undefined ? undefined : errorReason(trace, packet, about);
  if (error) return error;
  const asked = about ?? askedIn(trace, packet);
  if (asked !== undefined) return worded(whyTexts.answers, {packet: asked});
  if (fillsGap(trace, packet)) return whyTexts.fillsGap;
  const isRead = packetOf(trace, packet).frame !== undefined;
  return protocolReason(trace, packet) ?? (isRead ? whyTexts.capture : whyTexts.unread);
};

/** Returns sentences on an event of a capture that no rule of TCP explains. */
const unexplained = (trace: Trace, event: TraceEvent, language: Language): readonly string[] => {
  switch (event.kind) {
    case 'state':
      return stateWords(trace, event, language);
    case 'arrive':
      return [arrivalSeen(trace, event)[language]];
    case 'drop':
      return [];
    case 'send':
      return [sentReason(trace, event.packet)[language]];
    default:
      return [whyTexts.capture[language]];
  }
};

/** Returns a key for how packet `by` proves that a packet arrived: by answering, acknowledging, quoting or naming it. */
const proofOf = (
  trace: Trace,
  packet: number,
  by: number | undefined,
): keyof typeof fateReasons.delivered => {
  const arp = arpOf(trace, packet);
  if (arp) return arp.operation === arpRequest ? 'asked' : 'told';
  const [kind, shown] = [packet, by].map((id) => transportOf(trace, id)?.kind);
  if (shown === 'icmp' || shown === 'icmpv6') return 'quoted';
  if (kind !== 'udp') return 'proved';
  return quicConnectionOf(trace, packet) ? 'named' : 'response';
};

/**
 * Returns a key for why nothing in a capture proves a packet's arrival: `datagram` for UDP, which needs no acknowledgment unless it carries
 * QUIC, otherwise `presumed`.
 */
const unproved = (trace: Trace, packet: number): 'presumed' | 'datagram' =>
  transportOf(trace, packet)?.kind === 'udp' && !quicConnectionOf(trace, packet) ? 'datagram' : 'presumed';

const isToldOf = (reason: string): reason is keyof typeof fateReasons.lost =>
  Object.hasOwn(fateReasons.lost, reason);

const reasonOf = (trace: Trace, packet: number, {what, how, reason, shownBy}: Fate): Text | undefined => {
  if (how === 'seen') return undefined;
  const [by] = shownBy;
  if (what !== 'lost') {
    const presumed = by === undefined ? unproved(trace, packet) : 'likeliest';
    return fateReasons.delivered[how === 'proved' ? proofOf(trace, packet, by) : presumed];
  }
  return fateReasons.lost[how === 'proved' && reason !== undefined && isToldOf(reason) ? reason : how];
};

/** Tells whether any of the packets that show whether another one arrived was sent after event `seen`. */
export const isShownAhead = (trace: Trace, shownBy: Fate['shownBy'], seen: number): boolean =>
  shownBy.some((packet) => packetOf(trace, packet).sendEvent > seen);

type Known = {
  readonly trace: Trace;
  /** The number of the last event that the reader has seen. @default the end of the trace */
  readonly seen?: number;
};

/** Returns sentences on how it is known that a packet arrived or was lost, and which packets show it; empty for other events. */
const fateWords = (
  {trace, seen = trace.length}: Known,
  event: TraceEvent,
  language: Language,
): readonly string[] => {
  if ((event.kind !== 'arrive' && event.kind !== 'drop') || event.packet < 1) return [];
  const fate = fateIn(event, packetOf(trace, event.packet).deduced?.shownBy);
  if (fate.what === 'delivered' && fate.how === 'presumed' && isHere(trace, event)) return [];
  const reason = reasonOf(trace, event.packet, fate);
  const shownBy = shownByText(fate, isShownAhead(trace, fate.shownBy, seen));
  return [...(reason ? [reason[language]] : []), ...(shownBy ? [shownBy[language]] : [])];
};

/**
 * Returns sentences on how the time of a captured event was determined if the capture does not show it, and on where the packet went if
 * that is unknown.
 */
const timeWords = (trace: Trace, event: TraceEvent, language: Language): readonly string[] => {
  const {kind, estimated, untimed, atUs} = event;
  const words: readonly (Text | false | undefined)[] =
    kind === 'send'
      ? [
          estimated && whyTexts.notSeenLeaving,
          estimated && atUs < 0 && whyTexts.beforeCapture,
          untimed && untimedText(trace, event.packet),
          event.forMany && whyTexts.forMany,
        ]
      : [kind === 'state' && estimated && whyTexts.timeEstimated];
  return words.flatMap((each) => (each ? [each[language]] : []));
};

type Rules = readonly [Rule, ...Rule[]];

/**
 * Returns sentences on the TCP rules that would explain a captured event; several are numbered as alternatives. To a single rule, `besides`
 * adds the rule by which Linux did not delay the segment.
 */
const ruleWords = (
  [rule, ...others]: Rules,
  besides: Rule | undefined,
  language: Language,
): readonly string[] => {
  if (others.length > 0)
    return [oneOfTwo[language], ...[rule, ...others].map(({text}, n) => `${n + 1}. ${text[language]}`)];
  const lead = explainedBy[language]({rfc: rule.rfc.split(' ')[0] ?? rule.rfc});
  const more = besides ? [`${asLinux[language]}${besides.text[language]}`] : [];
  return [`${lead}${rule.text[language]}`, ...more];
};

const ruleClauses = (rules: Rules, besides: Rule | undefined, language: Language): string => {
  const or = whyCapturedReasonSentences.capturedReason.clauses[language];
  const either = rules.map((each) => clauseOf(each, language)).join(or);
  const all = besides ? [either, clauseOf(besides, language)] : [either];
  return `${unicodeGlyphs.deduced} ${all.join(punctuation.semicolon[language])}`;
};

type Reason = {readonly by: string; readonly text: Text; readonly clause: Text | undefined};

/**
 * Returns the reasons of the protocols above TCP for sending a captured segment, the highest layer first; empty for a retransmission, which
 * carries nothing new.
 */
const carriedBy = (trace: Trace, event: TraceEvent, ruleOf: RuleOf): readonly Reason[] => {
  if (event.kind !== 'send') return [];
  const own = carriedReason(trace, event.packet);
  if (own) return [{by: '', text: own.text, clause: inEvery(() => own.clause)}];
  const isAgain = event.retransmission || ((packetOf(trace, event.packet).marks ?? 0) & repeats) !== 0;
  return isAgain ? [] : carriedIn(trace, event.packet, ruleOf);
};

const repeats = retransmissionMarks | Mark.copy;

/**
 * Returns the texts of the reasons for a packet, highest layer first; each text after the first begins with the protocol to which it
 * belongs.
 */
const inOrder = (reasons: readonly Pick<Reason, 'by' | 'text'>[], language: Language): readonly string[] =>
  reasons.map(({by, text}, nth) =>
    nth === 0 ? text[language] : `${by}${punctuation.colon[language]}${text[language]}`,
  );

const clausesOf = (
  reasons: readonly Reason[],
  own: readonly string[],
  language: Language,
): string | undefined => {
  const all = [...reasons.flatMap(({clause}) => (clause ? [clause[language]] : [])), ...own];
  return all.length === 0 ? undefined : all.join(punctuation.semicolon[language]);
};

/**
 * Explains an event of a capture: what the packet's marks say, what the messages in it say, the rule of TCP that would explain it, and how
 * its time, and whether it arrived, is known.
 */
export const capturedReason = (
  {ruleOf, asked = {}, ...known}: Known & {readonly ruleOf: RuleOf; readonly asked?: AskedFor},
  event: TraceEvent,
  language: Language,
): Told => {
  const {trace} = known;
  const marks = event.kind === 'send' ? (packetOf(trace, event.packet).marks ?? 0) : 0;
  const seen = marksSeen(marks, language);
  const reason = capturedReasonOf(trace, event);
  const [rule, ...others] = reason.rules
    .flatMap((id) => ruleOf(id) ?? [])
    .map((each) => ({...each, ...each.cases?.[reason.case ?? '']}));
  const besides = reason.besides && ruleOf(reason.besides);
  const times = asked.times === false ? [] : timeWords(trace, event, language);
  const carried = asked.carried === false ? [] : carriedBy(trace, event, ruleOf);
  if (!rule) {
    const alone = asked.carried === false ? [] : unexplained(trace, event, language);
    const own = carried.length > 0 ? inOrder(carried, language) : alone;
    const paragraphs = [...seen, ...own, ...fateWords(known, event, language), ...times];
    return {paragraphs, rule: clausesOf(carried, [], language)};
  }
  const rules: Rules = [rule, ...others];
  const states = event.kind === 'state' ? stateWords(trace, event, language) : [];
  const stamped = stampedText(trace, event);
  const more = [stamped, lateAckText(trace, event, reason.answers)].flatMap((each) => each?.[language] ?? []);
  const [first = '', ...behind] = [...ruleWords(rules, besides, language), ...more];
  const tcp = {by: 'TCP', text: inEvery(() => first)};
  return {
    paragraphs: [...seen, ...states, ...inOrder([...carried, tcp], language), ...behind, ...times],
    rule: clausesOf(carried, [ruleClauses(rules, besides, language)], language),
  };
};
