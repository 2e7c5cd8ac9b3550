// A handshake with one number left blank (RFC 9293 figure 6): all its numbers follow from the two initial ones.

import {segmentParts} from '../account/frame-parts.ts';
import type {Part} from '../account/part.ts';
import {wordedWithNames} from '../lesson/text.ts';
import {relativeNumbers} from '../sim/relative.ts';
import type {Trace} from '../sim/trace.ts';
import {oncePer} from '../wire/once-per.ts';
import {type Seq, seqAdd} from '../wire/seq.ts';
import {hasFlag} from '../wire/tcp.ts';
import {handshakeBlanksSentences} from '../words/catalogue/questions.ts';
import type {Draft, Generator} from './draft.ts';
import type {Draw} from './draw.ts';
import {fieldEvidence} from './fields.ts';
import {packetLine} from './prompt.ts';
import type {WrongAnswer} from './question.ts';
import {type Sent, segmentsOf} from './segments.ts';

const isBlank = (part: Part): boolean => part.kind === 'number' && part.value === undefined;

type Handshake = readonly [syn: Sent, synAck: Sent, ack: Sent];

const handshakes = oncePer((trace: Trace): readonly Handshake[] => {
  const {sent} = segmentsOf(trace);
  return sent.flatMap((syn): readonly Handshake[] => {
    if (!hasFlag(syn.segment, 'SYN') || hasFlag(syn.segment, 'ACK') || syn.segment.payload.length > 0)
      return [];
    const later = sent.filter(({event}) => event.n > syn.event.n && event.packet <= syn.event.packet + 40);
    const synAck = later.find(
      ({flow, segment}) =>
        flow === syn.back && hasFlag(segment, 'SYN') && segment.ack === seqAdd(syn.segment.seq, 1),
    );
    const ack = later.find(
      ({flow, segment, event}) =>
        synAck !== undefined &&
        flow === syn.flow &&
        event.n > synAck.event.n &&
        !hasFlag(segment, 'RST') &&
        segment.ack === seqAdd(synAck.segment.seq, 1),
    );
    return synAck && ack && ack.segment.payload.length === 0 ? [[syn, synAck, ack]] : [];
  });
});

/** Which number is left blank: of the second segment or the third. */
const blanks = [
  {of: 1, part: 'ack', field: 'tcp.ack_raw'},
  {of: 2, part: 'seq', field: 'tcp.seq_raw'},
  {of: 2, part: 'ack', field: 'tcp.ack_raw'},
] as const;

// A blank `seq` is the same number as the `ack` that asked for it: whoever holds a belief about one answers both by it.
const beliefs = (right: Seq, relative: number): readonly WrongAnswer[] => [
  {value: seqAdd(right, -1), misconception: 'ack-is-last-byte-received'},
  {value: seqAdd(right, 1), misconception: 'every-packet-plus-one'},
  {value: relative - 1, misconception: 'isn-zero-or-one'},
];

const blankDraft = (trace: Trace, handshake: Handshake, draw: Draw): Draft | undefined => {
  const {of, part, field} = draw.one('blank', blanks) ?? blanks[0];
  const sent = handshake[of];
  const {packet} = sent.event;
  const evidence = fieldEvidence(trace, packet, field);
  const numbers = relativeNumbers(trace, packet);
  if (!evidence || !numbers) return undefined;
  const right = sent.segment[part];
  const lines = handshake.map((each) => {
    const parts = segmentParts(each.segment, []).map(
      (told): Part => (told.kind === 'number' && told.value === right ? {...told, value: undefined} : told),
    );
    return {...packetLine(trace, each.event.packet, parts), number: undefined};
  });
  const missing = lines.flatMap(({parts}) => parts).filter(isBlank).length;
  return {
    form: 'number',
    right,
    wrong: beliefs(right, numbers[part]),
    base: seqAdd(right, -numbers[part]),
    prompt: [
      ...lines,
      missing > 1
        ? handshakeBlanksSentences.prompt.theSameNumber
        : handshakeBlanksSentences.prompt.whichNumberStands,
    ],
    hints: [
      handshakeBlanksSentences.hints.aSYNUses,
      part === 'ack' ? handshakeBlanksSentences.hints.ackConfirmsThe : handshakeBlanksSentences.hints.itIsThe,
      wordedWithNames(handshakeBlanksSentences.hints.itIsOne, {right: seqAdd(right, -1)}),
    ],
    explain: wordedWithNames(handshakeBlanksSentences.explain, {right: seqAdd(right, -1), right2: right}),
    because: sent.event.because,
    n: handshake[0].event.n,
    evidence,
  };
};

export const fillInHandshake: Generator = {
  kind: 'fill-in-handshake',
  places: ({trace}) => handshakes(trace).map(([syn]) => syn.event.n),
  ask: ({trace}, place, draw) => {
    const handshake = handshakes(trace).find(([syn]) => syn.event.n === place);
    return handshake && blankDraft(trace, handshake, draw);
  },
};
