// A question that prints a handshake without its numbers and the first segment of data, from which they follow (RFC 9293 figure 6).

import type {Part} from '../account/part.ts';
import {wordedWithNames} from '../lesson/text.ts';
import type {Trace} from '../sim/trace.ts';
import {oncePer} from '../wire/once-per.ts';
import {seqAdd} from '../wire/seq.ts';
import {hasFlag} from '../wire/tcp.ts';
import {handshakeBlanksSentences as said} from '../words/catalogue/questions.ts';
import {fieldEvidence} from './field-evidence.ts';
import {beliefsIn, kindOf} from './kind.ts';
import type {PromptPacket} from './prompt.ts';
import {type Said, saidBy, sentLine} from './said.ts';
import {type Sent, segmentsOf} from './segments.ts';

type Opening = {readonly syn: Sent; readonly synAck: Sent; readonly data: Sent};

/** Returns the SYN, SYN-ACK and first data segment of each connection on which nothing but the handshake came before the data. */
const openings = oncePer((trace: Trace): readonly Opening[] => {
  const {sent} = segmentsOf(trace);
  return sent.flatMap((data): readonly Opening[] => {
    if (data.segment.payload.length === 0 || hasFlag(data.segment, 'SYN')) return [];
    const before = sent.filter(({event}) => event.n < data.event.n);
    const syn = before.findLast(({flow, segment}) => flow === data.flow && hasFlag(segment, 'SYN'));
    if (!syn || hasFlag(syn.segment, 'ACK')) return [];
    const since = before.filter(
      ({event, flow}) => event.n > syn.event.n && (flow === data.flow || flow === data.back),
    );
    const synAck = since.findLast(({flow, segment}) => flow === data.back && hasFlag(segment, 'SYN'));
    const isBare = since.every(({segment}) => segment.payload.length === 0 && !hasFlag(segment, 'FIN'));
    return synAck && isBare && syn.segment.payload.length === 0 ? [{syn, synAck, data}] : [];
  });
});

/** Returns the first copy of a SYN, because a retransmission is no good evidence: it repeats the number of an earlier packet. */
const firstCopy = (trace: Trace, {flow, segment, ...own}: Sent): Sent =>
  segmentsOf(trace).sent.find(
    (each) => each.flow === flow && each.segment.seq === segment.seq && hasFlag(each.segment, 'SYN'),
  ) ?? {flow, segment, ...own};

/** The numbers of a TCP handshake that a question can leave blank and ask for. */
const blanks = ['syn.seq', 'synAck.seq', 'synAck.ack'] as const;

type Blank = (typeof blanks)[number];

type Givens = {readonly lines: readonly PromptPacket[]; readonly blank: Blank};

const blanked = (line: PromptPacket): PromptPacket => ({
  ...line,
  number: undefined,
  parts: line.parts.map((part): Part => (part.kind === 'number' ? {...part, value: undefined} : part)),
});

/** Returns a function that computes the number in a blank from the printed data segment; undefined if nothing follows. */
const from =
  (answers: {readonly [blank in Blank]?: (data: Said) => number | undefined}) =>
  ({lines, blank}: Givens): string | undefined => {
    const data = saidBy(lines.at(-1)?.parts ?? []);
    const number = data && answers[blank]?.(data);
    return number === undefined ? undefined : String(number);
  };

const oneLess = ({ack}: Said): number | undefined => ack && seqAdd(ack, -1);

const right = from({
  'syn.seq': ({seq}) => seqAdd(seq, -1),
  'synAck.seq': oneLess,
  'synAck.ack': ({seq}) => seq,
});

export const fillInHandshake = kindOf<Givens, Opening>({
  kind: 'fill-in-handshake',
  form: 'numeral',
  among: ({trace}) => openings(trace),
  at: ({data}) => data.event.n,
  find({trace}, {syn, synAck, data}, draw) {
    const blank = draw.one('blank', blanks) ?? blanks[0];
    const of = blank === 'syn.seq' ? syn : synAck;
    const part = blank === 'synAck.ack' ? 'ack' : 'seq';
    const lines = [syn, synAck].map((each) => blanked(sentLine(trace, each)));
    return {
      givens: {lines: [...lines, {...sentLine(trace, data), number: undefined}], blank},
      did: String(of.segment[part]),
      ...{n: syn.event.n, because: firstCopy(trace, of).event.because},
      evidence: fieldEvidence(trace, of.event.packet, `tcp.${part}_raw`),
    };
  },
  ask: ({lines, blank}) => [...lines, said.prompt[blank]],
  solve(givens) {
    const answer = right(givens);
    const data = saidBy(givens.lines.at(-1)?.parts ?? []);
    if (answer === undefined || !data) return undefined;
    const {blank} = givens;
    const number = blank === 'synAck.seq' ? (data.ack ?? 0) : data.seq;
    return {
      answer,
      explain: wordedWithNames(said.explain[blank], {number, right: answer}),
      hints: [said.hints.aSYNUses, blank === 'synAck.seq' ? said.hints.ackConfirmsThe : said.hints.itIsThe],
    };
  },
  beliefs: beliefsIn(said.beliefs, {
    'ack-is-last-byte-received': from({'synAck.ack': ({seq}) => seqAdd(seq, -1)}),
    'every-packet-plus-one': from({'syn.seq': ({seq}) => seqAdd(seq, -2)}),
    'isn-zero-or-one': from({'syn.seq': () => 0, 'synAck.seq': () => 0, 'synAck.ack': () => 1}),
    takesNone: from({'syn.seq': ({seq}) => seq, 'synAck.seq': ({ack}) => ack}),
    theOthers: from({
      'syn.seq': oneLess,
      'synAck.seq': ({seq}) => seqAdd(seq, -1),
      'synAck.ack': ({ack}) => ack,
    }),
  }),
});
