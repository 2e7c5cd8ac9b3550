// *Why?* of a capture: what its marks say, the rule that would explain an event, and how its time was come by.

import {partnerOf} from '../../account/dns/transaction.ts';
import {fateIn} from '../../account/fates.ts';
import {packetOf} from '../../account/packet.ts';
import type {Rule} from '../../lesson/data.ts';
import {type Language, type Text, worded} from '../../lesson/text.ts';
import type {Trace, TraceEvent} from '../../sim/trace.ts';
import type {ArpMessage} from '../../wire/arp.ts';
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
const arpRequest = 1;
const arpReply = 2;

const arpOf = (trace: Trace, packet: number): ArpMessage | undefined => {
  const payload = packetOf(trace, packet).frame?.payload;
  return payload?.kind === 'arp' ? payload.message : undefined;
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

const unexplained = (trace: Trace, event: TraceEvent): Text => {
  if (event.kind === 'state') return stateReason(trace, event);
  if (event.kind === 'arrive') return arrivalSeen(event);
  const asked = event.kind === 'send' ? askedIn(trace, event) : undefined;
  return asked === undefined ? whyTexts.capture : worded(whyTexts.answers, {packet: asked});
};

/** By what its fate is known, and which packets show it. */
const fateWords = (trace: Trace, event: TraceEvent, language: Language): readonly string[] => {
  if ((event.kind !== 'arrive' && event.kind !== 'drop') || event.packet < 1) return [];
  const fate = fateIn(event, packetOf(trace, event.packet).deduced?.shownBy);
  const reasons = fateReasons[fate.what === 'lost' ? 'lost' : 'delivered'];
  const reason = fate.how === 'seen' ? undefined : reasons[fate.how];
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
  const times = timeWords(event, language);
  const fates = fateWords(trace, event, language);
  const own = event.kind === 'drop' ? [] : [unexplained(trace, event)[language]];
  if (!rule) return {paragraphs: [...seen, ...own, ...fates, ...times], rule: undefined};
  const told = event.kind === 'state' ? [stateReason(trace, event)[language]] : [];
  const reasons = other
    ? [oneOfTwo[language], ...rules.map(({text}, n) => `${n + 1}. ${text[language]}`)]
    : [
        `${explainedBy[language]({rfc: rule.rfc.split(' ')[0] ?? rule.rfc, kind: event.kind})}${rule.text[language]}`,
      ];
  const clauses = rules
    .map((each) => clauseOf(each, language))
    .join(whyCapturedReasonSentences.capturedReason.clauses[language]);
  return {paragraphs: [...seen, ...told, ...reasons, ...times], rule: `${unicodeGlyphs.deduced} ${clauses}`};
};
