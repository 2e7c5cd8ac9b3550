// Questions about the flags of the segment that answers a segment, a call or a timer (RFC 9293 §3.5, §3.6).

import {entriesBetween, entriesOf} from '../account/entries.ts';
import {segmentText} from '../account/summary.ts';
import {sameIn, type Text, wordedWithNames} from '../lesson/text.ts';
import type {Trace} from '../sim/trace.ts';
import {farEndOf} from '../wire/connection-id.ts';
import {oncePer} from '../wire/once-per.ts';
import {flagNames, hasFlag, type TcpSegment} from '../wire/tcp.ts';
import {given, tcpFlagsSentences} from '../words/catalogue/questions.ts';
import type {Draft, Generator, Option} from './draft.ts';
import {fieldEvidence} from './fields.ts';
import {flagBits} from './flag-bits.ts';
import {writtenHost} from './host-names.ts';
import {arrivedAt, firstOf, givenLines, instantOf, stateBefore} from './instants.ts';
import {valuesLine} from './prompt.ts';
import {type Arrived, causeOf, type Sent, segmentsOf} from './segments.ts';
import {hostFirst} from './words.ts';

const flags = (names: string, misconception?: string): Option => ({
  text: sameIn(names),
  value: flagBits(names),
  ...(misconception === undefined ? {} : {misconception}),
});

const silence: Text = tcpFlagsSentences.silence;
const silent = (misconception?: string): Option => ({
  text: silence,
  value: '0',
  ...(misconception === undefined ? {} : {misconception}),
});

const namesOf = (segment: TcpSegment): readonly string[] =>
  flagNames(segment).filter((name) => name !== 'PSH');

/** Replies whose flags follow from what came: no data, the only segment of its connection in that instant. */
const answers = oncePer((trace: Trace): readonly Sent[] =>
  segmentsOf(trace).sent.filter(({event, segment, flow}) => {
    if (segment.payload.length > 0 || event.connection === undefined || event.connection !== flow)
      return false;
    const others = instantOf(trace, event.n).filter((each) => each.kind === 'send' && each.hop === 0);
    return others.length === 1 && causeOf(trace, event).kind !== 'send';
  }),
);

/** Resets from hosts without a connection name none. */
const refusals = oncePer((trace: Trace): readonly Sent[] =>
  segmentsOf(trace).sent.filter(
    ({event, segment}) =>
      event.connection === undefined &&
      hasFlag(segment, 'RST') &&
      arrivedAt(trace, firstOf(trace, event.n)) !== undefined,
  ),
);

/** A RST, after which its receiver has never sent anything again. */
const unanswered = oncePer((trace: Trace): readonly Arrived[] => {
  const last = new Map<string, number>();
  for (const event of entriesOf(trace, 'send')) last.set(event.host, event.n);
  return segmentsOf(trace).arrived.filter(
    ({n, host, segment}) => hasFlag(segment, 'RST') && (last.get(host) ?? 0) < n,
  );
});

const joined = (names: readonly string[]): string => names.join(',');

const withFlag = (names: readonly string[], flag: string): string => joined([flag, ...names]);

type Known = {
  readonly names: readonly string[];
  readonly got: TcpSegment | undefined;
  readonly state: string;
};

/** What sticks: flags of the connection's beginning and end that only one segment of each side has. */
const sticking = ({names, got}: Known, own: readonly TcpSegment[]): readonly Option[] =>
  (['SYN', 'FIN'] as const).flatMap((flag) => {
    if (names.includes(flag) || names.includes('RST')) return [];
    const seen = [...own, ...(got ? [got] : [])].some((segment) => hasFlag(segment, flag));
    return seen ? [flags(withFlag(names, flag), 'flags-stick')] : [];
  });

/** What is believed of a SYN or reset that comes where nobody waits for it. */
const believed = ({names, got, state}: Known): readonly Option[] => {
  const reset = names.includes('RST');
  if (got && hasFlag(got, 'SYN') && !hasFlag(got, 'ACK') && state === 'CLOSED' && reset)
    return [silent('closed-port-silent')];
  const stale = got !== undefined && hasFlag(got, 'SYN') && state !== 'LISTEN' && state !== 'SYN-SENT';
  if (stale || (reset && state === 'SYN-SENT')) return [silent('stale-syn-ignored')];
  return [silent()];
};

const plain = ['ACK', 'SYN,ACK', 'FIN,ACK', 'RST', 'RST,ACK', 'SYN', 'FIN'];

const hintsFor = (names: readonly string[]): Draft['hints'] => [
  tcpFlagsSentences.hintsFor.synAndFIN,
  names.includes('RST') ? tcpFlagsSentences.hintsFor.isThereA : tcpFlagsSentences.hintsFor.whatHasTo,
];

const explainFor = (names: readonly string[]): Text => {
  if (names.includes('RST')) return tcpFlagsSentences.explainFor.itBelongsTo;
  if (names.includes('SYN') && names.includes('ACK')) return tcpFlagsSentences.explainFor.oneSegmentDoes;
  if (names.includes('SYN')) return tcpFlagsSentences.explainFor.thereIsNothing;
  if (names.includes('FIN')) return tcpFlagsSentences.explainFor.finEndsThis;
  return tcpFlagsSentences.explainFor.itHasOnly;
};

const flagsDraft = (trace: Trace, {event, segment, flow}: Sent): Draft | undefined => {
  const evidence = fieldEvidence(trace, event.packet, 'tcp.flags');
  const prompt = givenLines(trace, event.n, flow, tcpFlagsSentences.flagsDraft.prompt);
  const names = namesOf(segment);
  if (!evidence || !prompt || evidence.value !== flagBits(joined(names))) return undefined;
  const got = arrivedAt(trace, firstOf(trace, event.n))?.segment;
  const state = stateBefore(trace, event.n, event.host, flow) ?? 'CLOSED';
  const own = segmentsOf(trace).sent.filter((each) => each.flow === flow && each.event.n < event.n);
  const known: Known = {names, got, state};
  return {
    form: 'choice',
    right: flags(joined(names)),
    wrong: [
      ...sticking(
        known,
        own.map((each) => each.segment),
      ),
      ...believed(known),
      ...(got ? [flags(joined(namesOf(got)))] : []),
      ...plain.map((each) => flags(each)),
    ],
    prompt,
    hints: hintsFor(names),
    explain: explainFor(names),
    because: event.because,
    n: event.n,
    evidence,
  };
};

/** Nothing answers a reset. */
const silenceDraft = (trace: Trace, {n, host, segment, packet, flow}: Arrived): Draft | undefined => {
  const state = stateBefore(trace, n, host, farEndOf(flow));
  const earlier = [...entriesBetween(trace, 1, n)].filter(
    (event) => event.kind === 'arrive' && event.host === host,
  ).length;
  if (state === undefined) return undefined;
  const name = writtenHost(host);
  return {
    form: 'choice',
    right: silent(),
    wrong: [flags('ACK', 'rst-is-acked'), flags('RST,ACK', 'rst-is-acked'), flags('FIN,ACK'), flags('RST')],
    prompt: [
      wordedWithNames(given.receives, {host: hostFirst(host), state}),
      valuesLine(segmentText(segment)),
      tcpFlagsSentences.silenceDraft.prompt,
    ],
    hints: [tcpFlagsSentences.silenceDraft.hints],
    explain: tcpFlagsSentences.silenceDraft.explain,
    n: n + 1,
    evidence: {
      packet,
      field: `expression:count({sends: ${name}, after: {arrives: ${name}, nth: ${earlier}}})`,
      value: '0',
    },
  };
};

export const whichFlags: Generator = {
  kind: 'which-flags',
  places: ({trace}) => [
    ...answers(trace).map(({event}) => event.n),
    ...refusals(trace).map(({event}) => event.n),
    ...unanswered(trace).map(({n}) => n),
  ],
  ask: ({trace}, place) => {
    const quiet = unanswered(trace).find(({n}) => n === place);
    if (quiet) return silenceDraft(trace, quiet);
    const sent = [...answers(trace), ...refusals(trace)].find(({event}) => event.n === place);
    return sent && flagsDraft(trace, sent);
  },
};
