// Questions about the flags of the segment that answers a segment, a call or a timer (RFC 9293 §3.5, §3.6).

import {segmentText} from '../account/summary.ts';
import {text} from '../lesson/problem.ts';
import type {Text} from '../lesson/text.ts';
import type {Trace} from '../sim/trace.ts';
import {farEndOf} from '../wire/connection-id.ts';
import {flagNames, hasFlag, type TcpSegment} from '../wire/tcp.ts';
import type {Draft, Generator, Option} from './draft.ts';
import {fieldEvidence} from './fields.ts';
import {flagBits} from './flag-bits.ts';
import {writtenHost} from './host-names.ts';
import {arrivedAt, firstOf, givenText, instantOf, stateBefore} from './instants.ts';
import {perTrace} from './per-trace.ts';
import {type Arrived, causeOf, type Sent, segmentsOf} from './segments.ts';
import {hostFirst, hostText, same, sentence} from './words.ts';

const flags = (names: string, misconception?: string): Option => ({
  text: same(names),
  value: flagBits(names),
  ...(misconception === undefined ? {} : {misconception}),
});

const silence: Text = text('it sends nothing', '什么也不发');
const silent = (misconception?: string): Option => ({
  text: silence,
  value: '0',
  ...(misconception === undefined ? {} : {misconception}),
});

const namesOf = (segment: TcpSegment): readonly string[] =>
  flagNames(segment).filter((name) => name !== 'PSH');

/** Replies whose flags follow from what came: no data, the only segment of its connection in that instant. */
const answers = perTrace((trace: Trace): readonly Sent[] =>
  segmentsOf(trace).sent.filter(({event, segment, flow}) => {
    if (segment.payload.length > 0 || event.connection === undefined || event.connection !== flow)
      return false;
    const others = instantOf(trace, event.n).filter((each) => each.kind === 'send' && each.hop === 0);
    return others.length === 1 && causeOf(trace, event).kind !== 'send';
  }),
);

/** Resets from hosts without a connection name none. */
const refusals = perTrace((trace: Trace): readonly Sent[] =>
  segmentsOf(trace).sent.filter(
    ({event, segment}) =>
      event.connection === undefined &&
      hasFlag(segment, 'RST') &&
      arrivedAt(trace, firstOf(trace, event.n)) !== undefined,
  ),
);

/** A RST, after which its receiver has never sent anything again. */
const unanswered = perTrace((trace: Trace): readonly Arrived[] => {
  const last = new Map<string, number>();
  for (const event of trace.events()) if (event.kind === 'send') last.set(event.host, event.n);
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
  text(
    'SYN and FIN each stand in one segment of each side, once.',
    'SYN 和 FIN 每一方各用一次，只出现在一个报文段里。',
  ),
  names.includes('RST')
    ? sentence('Is there a connection that this belongs to?', '这个报文段属于现有的某条连接吗？')
    : sentence(
        'What has to be confirmed, and what does this end still have to announce?',
        '要确认什么？自己还有什么要宣布的？',
      ),
];

const explainFor = (names: readonly string[]): Text => {
  if (names.includes('RST'))
    return sentence(
      'It belongs to no connection here, or to none that could go on: RST says so at once.',
      '这里没有与之对应的连接，或者连接无法继续：立即用 RST 告知。',
    );
  if (names.includes('SYN') && names.includes('ACK'))
    return sentence(
      'One segment does both: ACK confirms the SYN that came, SYN announces its own number.',
      '一个报文段做两件事：ACK 确认对方的 SYN，SYN 报出自己的初始序号。',
    );
  if (names.includes('SYN'))
    return sentence(
      'There is nothing to acknowledge yet, so ACK is not set.',
      '此时还没有要确认的，所以不置 ACK。',
    );
  if (names.includes('FIN'))
    return sentence(
      'FIN ends this side’s stream; ACK is set in every segment after the SYN.',
      'FIN 结束这一方的字节流；SYN 之后的每个报文段都置 ACK。',
    );
  return sentence(
    'It has only something to acknowledge, and neither a SYN nor a FIN of its own to send.',
    '此刻只需要确认，自己没有 SYN 或 FIN 要发。',
  );
};

const flagsDraft = (trace: Trace, {event, segment, flow}: Sent): Draft | undefined => {
  const evidence = fieldEvidence(trace, event.packet, 'tcp.flags');
  const given = givenText(trace, event.n, flow);
  const names = namesOf(segment);
  if (!evidence || !given || evidence.value !== flagBits(joined(names))) return undefined;
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
    prompt: sentence(
      `${given.en}Which flags are set in the segment that it sends now?`,
      `${given.zh}它随即发出的报文段置了哪些标志位？`,
    ),
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
  const earlier = [...trace.events(1, n)].filter(
    (event) => event.kind === 'arrive' && event.host === host,
  ).length;
  if (state === undefined) return undefined;
  const line = segmentText(segment);
  const name = writtenHost(host);
  return {
    form: 'choice',
    right: silent(),
    wrong: [flags('ACK', 'rst-is-acked'), flags('RST,ACK', 'rst-is-acked'), flags('FIN,ACK'), flags('RST')],
    prompt: sentence(
      `${hostFirst(host).en} is in ${state}. It receives\n  ${line}\nWhich flags are set in its answer?`,
      `${hostText(host).zh}处于 ${state}，收到\n  ${line}\n它的回应置了哪些标志位？`,
    ),
    hints: [sentence('What does a RST end?', 'RST 结束的是什么？')],
    explain: sentence(
      'A RST ends the connection at once. It is never acknowledged, and no RST answers a RST.',
      'RST 立即终止连接。它不会得到确认，也不会引来另一个 RST。',
    ),
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
