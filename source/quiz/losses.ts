// Questions about packets that do not come, or come late; what would happen is simulated, not guessed (RFC 9293 §3.8.1, RFC 6298).

import {entriesOf} from '../account/entries.ts';
import {fateIn} from '../account/fates.ts';
import {packetOf} from '../account/packet.ts';
import {segmentText} from '../account/summary.ts';
import {sameIn, type Text, wordedWithNames} from '../lesson/text.ts';
import {valueText} from '../lesson/value.ts';
import type {Trace, TraceEvent} from '../sim/trace.ts';
import {oncePer} from '../wire/once-per.ts';
import {seqAdd, seqLt} from '../wire/seq.ts';
import {hasFlag, segLen} from '../wire/tcp.ts';
import {lossesSentences} from '../words/catalogue/questions.ts';
import {packetLines} from './context.ts';
import type {Draft, Generator, Option} from './draft.ts';
import type {Draw} from './draw.ts';
import {fieldEvidence} from './fields.ts';
import {addressOf, writtenHost} from './host-names.ts';
import {firstOf} from './instants.ts';
import {type PromptLine, valuesLine} from './prompt.ts';
import {type Sent, segmentsOf} from './segments.ts';
import type {Asked} from './variant.ts';
import {hostFirst} from './words.ts';

type DropEvent = Extract<TraceEvent, {kind: 'drop'}>;

const drops = oncePer((trace: Trace): readonly DropEvent[] => {
  const found: DropEvent[] = [];
  for (const event of entriesOf(trace, 'drop')) if (event.packet > 0) found.push(event);
  return found;
});

/** The path took it; nobody threw it away. */
const isLoss = (drop: DropEvent): boolean => {
  const {what, reason} = fateIn(drop);
  return what === 'lost' && (reason === 'fault' || reason === 'loss');
};

/** The first segment that is sent again after a loss, where just one packet has been lost until then. */
const onlyLoss = oncePer(
  (trace: Trace): {readonly lost: Sent; readonly again: Sent; readonly drop: DropEvent} | undefined => {
    const [drop, second] = drops(trace);
    const {sent} = segmentsOf(trace);
    const again = sent.find(({event}) => event.retransmission && drop !== undefined && event.n > drop.n);
    const lost = sent.find(({event}) => event.packet === drop?.packet);
    if (!drop || !isLoss(drop) || !again || !lost || (second && second.n < again.event.n)) return undefined;
    return lost.event.retransmission ? undefined : {lost, again, drop};
  },
);

/** The lines on which to look: few enough for a screen, the lost one among them. */
const linesAround = (trace: Trace, lost: number, until: number): readonly PromptLine[] => {
  const all = packetLines(trace, until, 60);
  const at = all.findIndex(({number}) => number === lost);
  const from = Math.max(0, Math.min(at - 1, all.length - 4));
  return all.slice(from, from + 4);
};

const sameBytes = (lost: Sent, again: Sent): boolean =>
  segLen(lost.segment) > 0 && lost.segment.seq === again.segment.seq;

const acknowledges = (lost: Sent, again: Sent): boolean =>
  hasFlag(lost.segment, 'ACK') && seqLt(again.segment.seq, lost.segment.ack);

const lossHints = (own: boolean, host: string): Draft['hints'] => [
  lossesSentences.lossHints.somethingIsSent,
  own ? lossesSentences.lossHints.lookForThe : lossesSentences.lossHints.theFirstCopy,
  wordedWithNames(lossesSentences.lossHints.itWasSent, {host}),
];

export const whichPacketLost: Generator = {
  kind: 'which-packet-lost',
  places: ({trace}) => (onlyLoss(trace) ? [1] : []),
  ask: ({trace}): Draft | undefined => {
    const found = onlyLoss(trace);
    if (!found) return undefined;
    const {lost, again, drop} = found;
    const own = lost.flow === again.flow;
    if (!(own ? sameBytes : acknowledges)(lost, again)) return undefined;
    const packet = lost.event.packet;
    const lines = linesAround(trace, packet, again.event.n);
    if (lines.length < 2) return undefined;
    const wrong = [packet - 1, packet + 1, again.event.packet].filter((value) => value > 0);
    return {
      form: 'packet',
      right: packet,
      wrong: [{value: again.event.packet, misconception: 'ack-names-lost'}].filter(({value}) =>
        wrong.includes(value),
      ),
      prompt: [
        ...lines,
        wordedWithNames(lossesSentences.whichPacketLost.ask.prompt.given, {
          host: hostFirst(again.event.host),
        }),
        valuesLine(segmentText(again.segment)),
        lossesSentences.whichPacketLost.ask.prompt.asks,
      ],
      hints: lossHints(own, lost.event.host),
      explain: own
        ? wordedWithNames(lossesSentences.whichPacketLost.ask.explain.packetCarriedThe, {packet})
        : wordedWithNames(lossesSentences.whichPacketLost.ask.explain.packetTheAcknowledgement, {packet}),
      because: again.event.because,
      n: again.event.n,
      evidence: {
        packet,
        field: `expression:first({drops: ${writtenHost(drop.host)}, nth: 1}).frame.number`,
        value: String(packet),
      },
    };
  },
};

/** Segments early in the run that arrived: losing or delaying one makes a difference that can be told. */
const early = 24;

const touchable = oncePer((trace: Trace): readonly Sent[] =>
  drops(trace).some(isLoss)
    ? []
    : segmentsOf(trace).sent.filter(({event}) => {
        const {connection, packet, lost, retransmission} = event;
        return connection !== undefined && packet <= early && !lost && !retransmission;
      }),
);

const sender = (trace: Trace, host: string): Option => ({
  text: hostFirst(host),
  value: addressOf(trace, host),
});

const nobody: Option = {
  text: lossesSentences.nobody.text,
  value: '0',
};

const isThirdAck = (trace: Trace, {flow, segment}: Sent): boolean => {
  const [first, second] = segmentsOf(trace).sent.filter((each) => each.flow === flow);
  const opens = first !== undefined && hasFlag(first.segment, 'SYN') && !hasFlag(first.segment, 'ACK');
  return opens && second?.segment === segment && !hasFlag(segment, 'SYN');
};

/** Whether a lost acknowledgement matters depends on what its sender has to say next. */
const supposed = (trace: Trace, {event, flow, segment}: Sent): readonly PromptLine[] => {
  const {packet} = event;
  const {lost, hasNothing, goesOn, asks} = lossesSentences.dropDraft.prompt;
  if (segLen(segment) > 0) return [wordedWithNames(lost, {packet, asks})];
  const next = segmentsOf(trace).sent.find((each) => each.flow === flow && each.event.n > event.n);
  if (!next) return [wordedWithNames(hasNothing, {packet, asks})];
  const wait = valueText({kind: 'time', us: next.event.atUs - event.atUs});
  return [wordedWithNames(goesOn, {packet, wait}), valuesLine(segmentText(next.segment)), asks];
};

const dropHints = (segment: Sent['segment']): Draft['hints'] => [
  lossesSentences.dropHints.whoseTimerRuns,
  segLen(segment) === 0 ? lossesSentences.dropHints.aPureACK : lossesSentences.dropHints.itUsedUp,
];

const dropReason = (again: Sent | undefined): Text =>
  again === undefined
    ? lossesSentences.dropReason.nothingHasTo
    : wordedWithNames(lossesSentences.dropReason.waitsForAn, {
        host: hostFirst(again.event.host),
        segment: segmentText(again.segment),
      });

const dropDraft = (asked: Asked, touched: Sent): Draft | undefined => {
  const {trace} = asked;
  const {event, segment} = touched;
  const fork = asked.fork({kind: 'drop', at: {packet: event.packet}});
  const again = segmentsOf(fork.trace).sent.find(
    (each) => each.event.retransmission && each.event.n > event.n,
  );
  const peer = packetOf(trace, event.packet).to;
  const evidence = again
    ? fieldEvidence(fork.trace, again.event.packet, 'ip.src')
    : {packet: event.packet, field: 'expression:count({sends: any, retransmission: true})', value: '0'};
  // Without anything that says the same later, silence has other reasons: cookies, or the run's end.
  const goesOn = segmentsOf(trace).sent.some((each) => each.flow === touched.flow && each.event.n > event.n);
  const unneeded = !again && (segLen(segment) > 0 || !goesOn);
  if (!evidence || unneeded || segmentsOf(trace).sent.some((each) => each.event.retransmission))
    return undefined;
  const failing: Option = {
    text: lossesSentences.dropDraft.failing.text,
    value: 'RST',
    ...(isThirdAck(trace, touched) ? {misconception: 'lost-third-ack-kills'} : {}),
  };
  const right = again ? sender(trace, again.event.host) : nobody;
  return {
    form: 'choice',
    right,
    wrong: [sender(trace, event.host), sender(trace, peer), nobody, failing],
    prompt: [...packetLines(trace, event.n + 1, 3), ...supposed(trace, touched)],
    hints: dropHints(segment),
    explain: dropReason(again),
    because: again?.event.because,
    n: event.n + 1,
    of: fork,
    evidence,
  };
};

export const ifDropped: Generator = {
  kind: 'if-dropped',
  simulates: true,
  places: ({trace}) => touchable(trace).map(({event}) => event.n),
  ask: (asked, place) => {
    const touched = touchable(asked.trace).find(({event}) => event.n === place);
    return touched && dropDraft(asked, touched);
  },
};

const delaysUs = [1_500_000, 2_500_000, 4_000_000] as const;

const delayDraft = (asked: Asked, touched: Sent, draw: Draw): Draft | undefined => {
  const {event, segment} = touched;
  const byUs = draw.one('delay', delaysUs) ?? delaysUs[0];
  const fork = asked.fork({kind: 'delay', byUs, at: {packet: event.packet}});
  const {sent, arrived} = segmentsOf(fork.trace);
  const late = arrived.find(({packet}) => packet === event.packet);
  const copy = sent.some(
    (each) => each.event.retransmission && each.flow === touched.flow && each.event.n < (late?.n ?? 0),
  );
  const answer = late && sent.find((each) => each.event.n > late.n && each.back === touched.flow);
  if (!late || !copy || !answer || firstOf(fork.trace, answer.event.n) !== firstOf(fork.trace, late.n))
    return undefined;
  const evidence = fieldEvidence(fork.trace, answer.event.packet, 'tcp.ack_raw');
  if (!evidence || !hasFlag(answer.segment, 'ACK') || hasFlag(answer.segment, 'RST')) return undefined;
  const right = answer.segment.ack;
  const number = (value: number, misconception?: string): Option => ({
    text: sameIn(String(value)),
    value: String(value),
    ...(misconception ? {misconception} : {}),
  });
  const end = seqAdd(segment.seq, segLen(segment));
  const wait = valueText({kind: 'time', us: byUs});
  return {
    form: 'choice',
    right: number(right),
    wrong: [
      number(seqAdd(right, -1), 'ack-is-last-byte-received'),
      number(seqAdd(right, 1), 'every-packet-plus-one'),
      number(seqAdd(right, segLen(segment))),
      number(end),
      number(segment.seq),
      number(segment.ack),
      {text: lossesSentences.delayDraft.wrong.text, value: 'none'},
    ],
    prompt: [
      wordedWithNames(lossesSentences.delayDraft.prompt.given, {packet: event.packet, wait}),
      valuesLine(segmentText(segment)),
      lossesSentences.delayDraft.prompt.asks,
    ],
    hints: [lossesSentences.delayDraft.hints.whatItBrings, lossesSentences.delayDraft.hints.ackSaysWhat],
    explain: wordedWithNames(lossesSentences.delayDraft.explain, {right}),
    because: answer.event.because,
    n: event.n,
    of: fork,
    evidence,
  };
};

export const ifDelayed: Generator = {
  kind: 'if-delayed',
  simulates: true,
  places: ({trace}) =>
    touchable(trace)
      .filter(({segment}) => segLen(segment) > 0)
      .map(({event}) => event.n),
  ask: (asked, place, draw) => {
    const touched = touchable(asked.trace).find(({event}) => event.n === place);
    return touched && delayDraft(asked, touched, draw);
  },
};
