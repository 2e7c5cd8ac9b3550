// Questions about TCP options (RFC 7323, RFC 2018): what two SYNs agree on, which timestamp is echoed, which block SACK lists first.
import {worded, wordedWithNames} from '../lesson/text.ts';
import type {Trace} from '../sim/trace.ts';
import {hasFlag, type TcpSegment} from '../wire/tcp.ts';
import type {TcpOption} from '../wire/tcp-options.ts';
import {optionsAgreed, sackFirst, timestampEcho} from '../words/catalogue/ask-tcp.ts';
import {type Meeting, meetings} from './ends.ts';
import {fieldEvidence} from './field-evidence.ts';
import {beliefsIn, type Found, type Rejection} from './kind.ts';
import {byClause, listedKind} from './listed.ts';
import {valuesLine} from './prompt.ts';
import {type Sent, segmentsOf} from './segments.ts';

type Named = 'windowScale' | 'sackPermitted' | 'timestamps';

const names: {readonly [name in Named]: string} = {
  windowScale: 'WS',
  sackPermitted: 'SACK_PERM',
  timestamps: 'TS',
};

const isNamed = (kind: string): kind is Named => Object.hasOwn(names, kind);

const all: readonly Named[] = ['windowScale', 'sackPermitted', 'timestamps'];

const namedIn = (options: readonly TcpOption[]): readonly string[] =>
  options.flatMap(({kind}) => (isNamed(kind) ? [names[kind]] : []));

type AgreedGivens = {readonly first: readonly string[]; readonly second: readonly string[]};

const inBoth = ({first, second}: AgreedGivens): readonly string[] =>
  first.filter((each) => second.includes(each));

/**
 * Returns the pairs of SYNs, each with its options, to ask about. If the second SYN offers all that the first offers there is nothing to
 * decide, so it is varied by leaving each option out, or the first one by adding one.
 */
const suppositions = (givens: AgreedGivens): readonly AgreedGivens[] => {
  const {first, second} = givens;
  if (!first.every((each) => second.includes(each))) return [givens];
  const more = all.map((name) => names[name]).filter((each) => !first.includes(each));
  return [
    ...second.map((without) => ({first, second: second.filter((name) => name !== without)})),
    ...more.map((each) => ({first: [...first, each], second})),
  ];
};

/**
 * Tells whether all systems agree on the options that these two SYNs enable. By RFC 2018 §2 an end that received SACK-permitted may send
 * SACKs whatever it offered itself; Linux does so only if both offered it.
 */
const isDecided = ({first, second}: AgreedGivens): boolean =>
  first.includes(names.sackPermitted) === second.includes(names.sackPermitted);

export const optionsAgreedKind = listedKind<AgreedGivens>({
  kind: 'options-agreed',
  form: 'several',
  all: (trace) =>
    meetings(trace).flatMap(({arrived, before, after}): readonly (Found<AgreedGivens> | Rejection)[] => {
      const {segment, packet, n} = arrived;
      const syn = segmentsOf(trace).sent.find(
        ({back, event, segment: own}) => back === arrived.flow && event.n < n && hasFlag(own, 'SYN'),
      );
      if (
        before?.state !== 'SYN-SENT' ||
        after?.state !== 'ESTABLISHED' ||
        !syn ||
        !hasFlag(segment, 'SYN') ||
        !hasFlag(segment, 'ACK')
      )
        return [];
      const used: {readonly [name in Named]: boolean} = {
        windowScale: after.scale.snd + after.scale.rcv > 0,
        sackPermitted: after.sackPermitted,
        timestamps: after.timestampsOn,
      };
      const [first, second] = [namedIn(syn.segment.options), namedIn(segment.options)];
      // If the first SYN offers no option, nothing can be agreed on, so there is no question.
      if (first.length === 0) return [];
      const did = all.filter((name) => used[name]).map((name) => names[name]);
      const decided = suppositions({first, second}).filter(isDecided);
      return decided.map((givens): Found<AgreedGivens> => {
        const left = did.filter((name) => givens.second.includes(name));
        return {
          givens,
          ...{did: left, n: n + 1, evidence: byClause(packet, '7323 §1.3', left.join(' ') || 'none')},
        };
      });
    }),
  ask: ({first, second}) => [
    optionsAgreed.given,
    valuesLine(`SYN      ${first.join(' ') || '-'}`),
    valuesLine(`SYN,ACK  ${second.join(' ') || '-'}`),
    optionsAgreed.asks,
  ],
  solve: (givens) => ({answer: inBoth(givens), explain: optionsAgreed.explain, hints: [optionsAgreed.hint]}),
  beliefs: beliefsIn(optionsAgreed.beliefs, {
    either: ({first, second}) => [...new Set([...first, ...second])],
    first: ({first}) => first,
    timestamps: (givens) => [...inBoth(givens), 'TS'],
    none: () => [],
  }),
  none: optionsAgreed.none,
});

const stampOf = ({options}: TcpSegment): {readonly val: number; readonly ecr: number} | undefined => {
  const found = options.find(({kind}) => kind === 'timestamps');
  return found?.kind === 'timestamps' ? found : undefined;
};

/**
 * Returns the segment that a host sends back on the connection in the same instant in which a segment arrives; undefined if it sends none.
 */
const replyIn = (trace: Trace, {arrived, events}: Meeting): Sent | undefined =>
  segmentsOf(trace).sent.find(
    ({back, event}) => back === arrived.flow && events.some(({n}) => n === event.n),
  );

type EchoGivens = {
  readonly host: string;
  readonly came: number;
  readonly own: number;
  readonly echoed: number;
  /** True if the arriving segment is a SYN without ACK, which echoes no timestamp. */
  readonly opens: boolean;
};

export const timestampEchoKind = listedKind<EchoGivens>({
  kind: 'timestamp-echo',
  form: 'numeral',
  all: (trace) =>
    meetings(trace).flatMap((meeting): readonly Found<EchoGivens>[] => {
      const {arrived, before} = meeting;
      const {segment, host} = arrived;
      const came = stampOf(segment);
      const reply = replyIn(trace, meeting);
      const sent = reply && stampOf(reply.segment);
      const isNext = before === undefined || segment.seq === before.rcv.nxt;
      if (!came || !sent || !reply || !isNext) return [];
      const evidence = fieldEvidence(trace, reply.event.packet, 'tcp.options.timestamp.tsecr');
      return [
        {
          givens: {host, came: came.val, own: sent.val, echoed: came.ecr, opens: !hasFlag(segment, 'ACK')},
          ...{did: String(sent.ecr), n: reply.event.n, evidence},
        },
      ];
    }),
  ask: ({host, came, own, echoed, opens}, called) => [
    wordedWithNames(timestampEcho.given, {host: called(host).first, opens}),
    valuesLine(`TSval=${came}  TSecr=${echoed}`),
    worded(timestampEcho.asks, {own}),
  ],
  // If the host's own timestamp equals the echoed one, two mistakes would lead to the same answer, and no reply could tell which one it
  // was.
  solve: ({came, own, echoed, opens}) =>
    own === echoed && !opens
      ? undefined
      : {
          answer: String(came),
          explain: worded(timestampEcho.explain, {came}),
          hints: [timestampEcho.hint],
        },
  beliefs: beliefsIn(timestampEcho.beliefs, {
    own: ({own}) => own,
    next: ({came}) => came + 1,
    echoed: ({echoed, opens}) => (opens ? undefined : echoed),
  }),
});

type SackGivens = {
  readonly next: number;
  /** The ranges of sequence numbers that the receiver holds beyond a gap, as `from–to`; `to` is excluded. */
  readonly held: readonly string[];
  readonly seq: number;
  readonly length: number;
};

const blockText = (from: number, to: number): string => `${from}–${to}`;

const edgesOf = (block: string): readonly [number, number] => {
  const [from = '', to = ''] = block.split('–');
  return [Number(from), Number(to)];
};

/** Returns the SACK block that contains the segment just arrived, merged with the held ranges that it touches (RFC 2018 §4). */
const firstBlock = ({held, seq, length}: SackGivens): string => {
  let [from, to] = [seq, seq + length];
  for (const [left, right] of held.map(edgesOf).toSorted(([a], [b]) => a - b))
    if (left <= to && right >= from) [from, to] = [Math.min(from, left), Math.max(to, right)];
  return blockText(from, to);
};

const sackBlocks = (trace: Trace): readonly Found<SackGivens>[] =>
  meetings(trace).flatMap((meeting): readonly Found<SackGivens>[] => {
    const {before, arrived} = meeting;
    const {segment} = arrived;
    const reply = replyIn(trace, meeting);
    const sack = reply?.segment.options.find(({kind}) => kind === 'sack');
    const block = sack?.kind === 'sack' ? sack.blocks[0] : undefined;
    if (!before || !reply || !block || segment.payload.length === 0 || segment.seq <= before.rcv.nxt)
      return [];
    const did = blockText(block.left, block.right);
    return [
      {
        givens: {
          ...{next: before.rcv.nxt, seq: segment.seq, length: segment.payload.length},
          held: before.reassembly.map(({seq, data}) => blockText(seq, seq + data.length)),
        },
        ...{did, n: reply.event.n, evidence: byClause(reply.event.packet, '2018 §4', did)},
      },
    ];
  });

export const sackFirstKind = listedKind<SackGivens>({
  kind: 'sack-first',
  form: 'choice',
  all: sackBlocks,
  ask: ({next, held, seq, length}) => [
    worded(sackFirst.given, {holds: held.length > 0}),
    valuesLine(`RCV.NXT=${next}`),
    ...(held.length > 0 ? [valuesLine(worded(sackFirst.held, {blocks: held.join('  ')}))] : []),
    sackFirst.comes,
    valuesLine(`seq=${seq}  ${length} B`),
    sackFirst.asks,
  ],
  solve(givens) {
    const answer = firstBlock(givens);
    return {answer, explain: worded(sackFirst.explain, {answer}), hints: [sackFirst.hint]};
  },
  beliefs: beliefsIn(sackFirst.beliefs, {
    missing: ({next, seq}) => blockText(next, seq),
    last: ({seq, length}) => blockText(seq, seq + length - 1),
    alone: ({seq, length}) => blockText(seq, seq + length),
    oldest: ({held}) => held[0],
    all: ({next, seq, length}) => blockText(next, seq + length),
  }),
});
