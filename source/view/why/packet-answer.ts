// Answers *Why?* for a packet: why it was sent, and whether it has arrived, been lost or been dropped by now.
import {entryAt, instantOf, ofKind} from '../../account/entries.ts';
import {isOverheard} from '../../account/eyes.ts';
import {copiesIn, fateAt} from '../../account/fates.ts';
import {segmentText, verdictOn} from '../../account/own-turns.ts';
import {ipPacketOf, packetOf} from '../../account/packet.ts';
import {theHost, theHostFirst} from '../../lesson/host-names.ts';
import {wordedWithNames} from '../../lesson/text.ts';
import type {EventOf, Trace, TraceEvent} from '../../sim/trace.ts';
import {byHandFields, byHandTexts} from '../../words/catalogue/by-hand.ts';
import {whyPacketEnd} from '../../words/catalogue/why.ts';
import {formatSeen} from '../../words/format.ts';
import {tellsWhole} from '../challenge/verdict.ts';
import {lastSeen} from '../seen.ts';
import type {View} from '../view.ts';
import {eventText, isNoted} from './event-text.ts';
import {type Why, whyOf} from './scene-why.ts';

/**
 * Returns the packet that a host sends at once in answer to one that it drops; undefined if it sends none. A packet that is not accepted
 * may still be answered (RFC 9293 §3.10.7.4, RFC 1812 §5.2.7).
 */
const answerTo = (trace: Trace, {n, host, packet}: EventOf<'drop'>, seen: number): number | undefined => {
  const own = instantOf(trace, n).filter((each) => each.host === host && each.n <= seen);
  if (!own.some((each) => each.kind === 'arrive' && each.packet === packet)) return undefined;
  return ofKind(own, 'send').find((each) => each.packet > 0 && each.packet !== packet)?.packet;
};

/** Tells whether a packet arrived different from what its sender sent; false for an observer who does not see both ends. */
const isAltered = (trace: Trace, id: number, {n}: TraceEvent): boolean =>
  !isOverheard(trace) &&
  instantOf(trace, n).some((each) => each.kind === 'arrive' && each.packet === id && each.altered);

/** Returns a sentence for each copy of a packet that the network has made: when it arrived, and whether it was dropped. */
const copyTexts = ({input: {trace}, language}: View, id: number, seen: number): readonly string[] =>
  copiesIn(trace)
    .filter(({packet, event}) => packet.id === id && event <= seen)
    .map(({event, atUs}) => {
      const instant = instantOf(trace, event).filter(({n}) => n <= seen);
      const thrown = instant.some((each) => each.kind === 'drop' && each.packet === id && !isNoted(each));
      return whyPacketEnd.copy[language]({time: formatSeen(atUs, false), thrown});
    });

/** Returns a sentence that a host on the path took a packet meant for another; empty if none did. */
const takenText = ({input: {trace}, language}: View, id: number, end: TraceEvent): readonly string[] => {
  const ip = ipPacketOf(packetOf(trace, id));
  return end.because === '3552:3.3.5/takes' && ip
    ? [whyPacketEnd.taken[language]({host: theHostFirst(trace, end.host), dst: ip.dst})]
    : [];
};

/**
 * Returns the values for a sentence on a packet that arrived but was dropped: its host and time, and the step of the rule by which it was
 * dropped.
 */
const thrownTerms = (
  {language, input: {trace, rule}}: View,
  {because, host, packet, atUs, estimated}: EventOf<'drop'>,
) => ({
  ...{packet, host: theHost(trace, host), time: formatSeen(atUs, estimated ?? false)},
  step: because && rule(because)?.step[language],
});

/**
 * Adds to *Why?*, for a segment that the learner composed in place of the TCP stack, the segment that the stack itself would have sent,
 * whose reason the rest of the answer is.
 */
const withVerdict = (view: View, why: Why, id: number): Why => {
  const {input, language} = view;
  const {trace} = input;
  const verdict = verdictOn(trace, id);
  if (!verdict) return why;
  const {real, differs} = verdict;
  const says = differs.length === 0 ? 'whyRight' : tellsWhole(view, verdict) ? 'whyWrong' : 'whyWrongFirst';
  const first = wordedWithNames(byHandTexts[says], {
    host: theHost(trace, trace.header.byHand ?? ''),
    segment: segmentText(real),
    fields: differs.map((field) => byHandFields[field][language]),
    count: differs.length,
  })[language];
  return {...why, plain: why.plain && [first, ...why.plain], paragraphs: [first, ...why.paragraphs]};
};

export const packetAnswer = (view: View, id: number): Why => {
  const {language, input} = view;
  const {trace} = input;
  const packet = packetOf(trace, id);
  const why = withVerdict(view, whyOf(view, packet.sendEvent), id);
  const seen = lastSeen(view);
  const {event} = fateAt(trace, packet, seen) ?? {};
  const end = event === undefined ? undefined : entryAt(trace, event);
  if (end === undefined || end.untimed) return why;
  // A packet may be dropped at the very instant at which it arrives; the drop is then what happened to it last.
  const thrown = ofKind(instantOf(trace, end.n), 'drop').find((each) => each.packet === id && each.n <= seen);
  const by = thrown && answerTo(trace, thrown, seen);
  const altered = isAltered(trace, id, end);
  const became =
    thrown?.reason === 'discarded' && !isNoted(thrown)
      ? whyPacketEnd.thrown[language]({...thrownTerms(view, thrown), altered, by})
      : whyPacketEnd.became[language]({what: eventText(view, thrown ?? end), altered, by});
  return {
    ...why,
    // The sentence on a dropped packet is left out of the plain answer, because it names the step of a rule.
    plain: why.plain && (thrown === undefined ? [...why.plain, became] : why.plain),
    paragraphs: [...why.paragraphs, became, ...takenText(view, id, end), ...copyTexts(view, id, seen)],
  };
};
