// *Why?* of a capture: what its marks say, the rule that would explain an event, and how its time was come by.

import {partnerOf} from '../../account/dns/transaction.ts';
import {type Fate, fateIn} from '../../account/fates.ts';
import {packetOf} from '../../account/packet.ts';
import type {Rule} from '../../lesson/data.ts';
import {type Language, type Text, worded} from '../../lesson/text.ts';
import {quicConnectionOf} from '../../observe/quic-in-trace.ts';
import {Mark, retransmissionMarks} from '../../observe/tcp-marks.ts';
import type {Trace, TraceEvent} from '../../sim/trace.ts';
import {marksSeen} from '../../words/capture.ts';
import {explainedBy, oneOfTwo} from '../../words/catalogue/capture.ts';
import {fateReasons} from '../../words/catalogue/fates.ts';
import {whyCapturedReasonSentences} from '../../words/catalogue/panels.ts';
import {whyTexts} from '../../words/catalogue/player.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {citation} from '../../words/citation.ts';
import {shownByText} from '../../words/fates.ts';
import {unicodeGlyphs} from '../glyphs.ts';
import {isReset, stateLeft} from '../state-left.ts';
import {deducedRules} from './deduced-reason.ts';
import {arpOf, arpRequest, protocolReason} from './protocol-reason.ts';

export type Told = {
  readonly paragraphs: readonly string[];
  /** The clause that says so. */
  readonly rule: string | undefined;
};

export const clauseOf = ({rfc, step}: Rule, language: Language): string =>
  `${citation(rfc)}${punctuation.comma[language]}${step[language]}`;

const arrivalSeen = ({estimated, untimed}: TraceEvent): Text => {
  if (untimed) return whyTexts.untimed;
  return estimated ? whyTexts.notSeen : whyTexts.seenArriving;
};

/** From what a state is deduced. */
const stateReason = (trace: Trace, event: Extract<TraceEvent, {kind: 'state'}>): Text => {
  if (stateLeft(trace, event) === undefined) return whyTexts.deducedLate;
  return event.to === 'CLOSED' && isReset(trace, event.instant) ? whyTexts.deducedReset : whyTexts.deduced;
};

/** `ares_op` (RFC 826). */
const arpReply = 2;

const transportOf = (trace: Trace, packet: number | undefined) => {
  const payload = packet === undefined ? undefined : packetOf(trace, packet).frame?.payload;
  return payload?.kind === 'ip' ? payload.packet.transport : undefined;
};

/** Further back nobody looks for what an ICMP message is about. */
const searched = 2000;

/** The packet of which an ICMP message shows what became of it. */
const aboutIn = (trace: Trace, packet: number): number | undefined => {
  const kind = transportOf(trace, packet)?.kind;
  if (kind !== 'icmp' && kind !== 'icmpv6') return undefined;
  for (let id = packet - 1; id > Math.max(0, packet - searched); id -= 1)
    if (packetOf(trace, id).deduced?.shownBy.includes(packet)) return id;
  return undefined;
};

/** What it says of that one. */
const icmpReason = (trace: Trace, packet: number): Text | undefined => {
  const about = aboutIn(trace, packet);
  if (about === undefined) return undefined;
  const {endEvent, deduced} = packetOf(trace, about);
  const sentence =
    deduced?.reason === 'ttl'
      ? whyTexts.timeExceeded
      : deduced?.reason === 'too big'
        ? whyTexts.tooBig
        : transportOf(trace, about)?.kind === 'udp'
          ? whyTexts.portUnreachable
          : whyTexts.answers;
  return endEvent === undefined ? undefined : worded(sentence, {packet: about});
};

/** What a response of DNS or ARP answers; undefined: it is none, or that was not captured. */
const askedIn = (trace: Trace, {n, packet}: Extract<TraceEvent, {kind: 'send'}>): number | undefined => {
  const partner = partnerOf(trace, packet, n);
  if (partner) return partner.kind === 'query' ? partner.packet : undefined;
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

/** It fills what was missing here: nothing with these numbers had passed. */
const fillsGap = (trace: Trace, packet: number): boolean => {
  const {marks = 0, retransmission} = packetOf(trace, packet);
  return (marks & retransmissionMarks) !== 0 && !retransmission;
};

const unexplained = (trace: Trace, event: TraceEvent): Text => {
  if (event.kind === 'state') return stateReason(trace, event);
  if (event.kind === 'arrive') return arrivalSeen(event);
  if (event.kind === 'send' && isCopy(trace, event.packet)) return whyTexts.copy;
  const icmp = event.kind === 'send' ? icmpReason(trace, event.packet) : undefined;
  if (icmp) return icmp;
  const asked = event.kind === 'send' ? askedIn(trace, event) : undefined;
  if (asked !== undefined) return worded(whyTexts.answers, {packet: asked});
  if (event.kind === 'send' && fillsGap(trace, event.packet)) return whyTexts.fillsGap;
  if (event.kind !== 'send') return whyTexts.capture;
  const isRead = packetOf(trace, event.packet).frame !== undefined;
  return protocolReason(trace, event.packet) ?? (isRead ? whyTexts.capture : whyTexts.unread);
};

/** Who repeats in `by` what the packet carries, or names it. */
const proofOf = (
  trace: Trace,
  packet: number,
  by: number | undefined,
): keyof typeof fateReasons.delivered => {
  const [kind, shown] = [packet, by].map((id) => transportOf(trace, id)?.kind);
  if (shown === 'icmp' || shown === 'icmpv6') return 'quoted';
  if (kind !== 'udp') return 'proved';
  return quicConnectionOf(trace, packet) ? 'named' : 'response';
};

const reasonOf = (trace: Trace, packet: number, {what, how, reason, shownBy}: Fate): Text | undefined => {
  if (how === 'seen') return undefined;
  const [by] = shownBy;
  if (what !== 'lost') {
    const presumed = by === undefined ? 'presumed' : 'likeliest';
    return fateReasons.delivered[how === 'proved' ? proofOf(trace, packet, by) : presumed];
  }
  return fateReasons.lost[how === 'proved' && (reason === 'ttl' || reason === 'too big') ? reason : how];
};

/** By what its fate is known, and which packets show it. */
const fateWords = (trace: Trace, event: TraceEvent, language: Language): readonly string[] => {
  if ((event.kind !== 'arrive' && event.kind !== 'drop') || event.packet < 1) return [];
  const fate = fateIn(event, packetOf(trace, event.packet).deduced?.shownBy);
  const reason = reasonOf(trace, event.packet, fate);
  const shownBy = shownByText(fate);
  return [...(reason ? [reason[language]] : []), ...(shownBy ? [shownBy[language]] : [])];
};

/** How its time was come by, where it was not seen, and where it went, where nobody can tell. */
const timeWords = (event: TraceEvent, language: Language): readonly string[] => {
  const {kind, estimated, untimed, atUs} = event;
  const words: readonly (Text | false | undefined)[] =
    kind === 'send'
      ? [
          estimated && whyTexts.notSeenLeaving,
          estimated && atUs < 0 && whyTexts.beforeCapture,
          untimed && whyTexts.untimed,
          event.forMany && whyTexts.forMany,
        ]
      : [kind === 'state' && estimated && whyTexts.timeEstimated];
  return words.flatMap((each) => (each ? [each[language]] : []));
};

/** What the marks say, then the rule that would explain it, as what it is: a deduction. */
export const capturedReason = (
  {trace, ruleOf}: {readonly trace: Trace; readonly ruleOf: (id: string) => Rule | undefined},
  event: TraceEvent,
  language: Language,
): Told => {
  const marks = event.kind === 'send' ? (packetOf(trace, event.packet).marks ?? 0) : 0;
  const seen = marksSeen(marks, language);
  const rules = deducedRules(trace, event).flatMap((id) => ruleOf(id) ?? []);
  const [rule, other] = rules;
  // That it did not wait comes to why it is sent; of two others one is right.
  const adds = other?.id === 'linux:quick-ack/now';
  const times = timeWords(event, language);
  const fates = fateWords(trace, event, language);
  const own = event.kind === 'drop' ? [] : [unexplained(trace, event)[language]];
  if (!rule) return {paragraphs: [...seen, ...own, ...fates, ...times], rule: undefined};
  const carried = event.kind === 'send' ? protocolReason(trace, event.packet) : undefined;
  const told =
    event.kind === 'state'
      ? [stateReason(trace, event)[language]]
      : [...(carried ? [carried[language]] : [])];
  const reasons =
    other && !adds
      ? [oneOfTwo[language], ...rules.map(({text}, n) => `${n + 1}. ${text[language]}`)]
      : [
          `${explainedBy[language]({rfc: rule.rfc.split(' ')[0] ?? rule.rfc, kind: event.kind})}${rule.text[language]}`,
          ...(adds ? [other.text[language]] : []),
        ];
  const clauses = rules
    .map((each) => clauseOf(each, language))
    .join(
      adds ? punctuation.semicolon[language] : whyCapturedReasonSentences.capturedReason.clauses[language],
    );
  return {paragraphs: [...seen, ...told, ...reasons, ...times], rule: `${unicodeGlyphs.deduced} ${clauses}`};
};
