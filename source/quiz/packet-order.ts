// A question kind: in which order did these four packets leave? The lines show it by their sequence numbers, acknowledgments and DNS
// answers.

import {plainHand} from '../account/notation.ts';
import {sentParts} from '../account/packet-parts.ts';
import type {DnsPart} from '../account/part.ts';
import {sameIn, type Text, worded, wordedWithNames} from '../lesson/text.ts';
import type {EventOf, Trace} from '../sim/trace.ts';
import {farEndOf} from '../wire/connection-id.ts';
import {oncePer} from '../wire/once-per.ts';
import {seqDiff, seqLe} from '../wire/seq.ts';
import {inEvery} from '../words/catalogue/language.ts';
import {punctuation} from '../words/catalogue/punctuation.ts';
import {turnTakingSentences} from '../words/catalogue/questions.ts';
import {fieldEvidence} from './field-evidence.ts';
import {type Called, kindOf} from './kind.ts';
import {fitting, type PromptPacket, packetLine, packetLineText, withNames} from './prompt.ts';
import type {QuizChoice} from './question.ts';
import {saidBy} from './said.ts';
import {sendingsOf} from './segments.ts';

const said = turnTakingSentences.orderPackets;

const mostSendings = 200;

const inRow = 4;

/** Returns each group of four consecutive packets from the beginning of the run, as candidates for a question. */
const rows = oncePer((trace: Trace): readonly (readonly EventOf<'send'>[])[] => {
  const first = sendingsOf(trace)
    .filter(({frame}) => frame)
    .slice(0, mostSendings)
    .toSorted((a, b) => a.packet - b.packet);
  return first.slice(0, 1 - inRow).map((_, index) => first.slice(index, index + inRow));
});

const dnsOf = ({parts}: PromptPacket): DnsPart | undefined => parts.find((part) => part.kind === 'dns');

const nameIn = (part: DnsPart): string | undefined =>
  part.says === 'asks' && part.question ? plainHand.outside(part.question.name) : undefined;

/**
 * Tells whether DNS message `a` must have left before `b`: a query before its answer and before the queries that its receiver sends for it;
 * the answers in reverse.
 */
const dnsBefore = (a: PromptPacket, b: PromptPacket): boolean => {
  const [first, second] = [dnsOf(a), dnsOf(b)];
  if (!first || !second) return false;
  const [asks, asksToo] = [first.says === 'asks', second.says === 'asks'];
  if (asks && !asksToo) return a.from === b.to && a.to === b.from;
  if (asks && asksToo) return a.to === b.from && a.from !== b.to && nameIn(first) === nameIn(second);
  return !asks && !asksToo && a.to === b.from && a.from !== b.to;
};

/** Returns a packet's line in English with host ids, which serves as its key. */
const idOf = (line: PromptPacket): string => packetLineText(line, 'en');

const textOf = (line: PromptPacket, called: Called): Text =>
  inEvery((language) => packetLineText(withNames(line, called), language));

/** Tells whether packet `a` must have left before packet `b`, by TCP's numbers or by DNS. */
const isBefore = (a: PromptPacket, b: PromptPacket): boolean => {
  const [first, second] = [saidBy(a.parts), saidBy(b.parts)];
  if (!first || !second) return dnsBefore(a, b);
  if (a.from === b.from && a.to === b.to) {
    // A later SYN begins another connection with new numbers.
    if (second.has('SYN')) return false;
    if (first.seq !== second.seq) return seqLe(first.end, second.seq);
    return (
      first.length === 0 &&
      (second.length > 0 ||
        (first.ack !== undefined && second.ack !== undefined && seqDiff(second.ack, first.ack) > 0))
    );
  }
  if (a.from !== b.to || a.to !== b.from) return false;
  if (second.ack === undefined) return false;
  return first.length > 0 && seqLe(first.end, second.ack);
};

/** Tells whether each DNS answer has its query among these lines; otherwise it could belong to another lookup. */
const areTogether = (lines: readonly PromptPacket[]): boolean =>
  lines.every((line, index) => {
    const dns = dnsOf(line);
    if (!dns || dns.says === 'asks') return true;
    return lines.slice(0, index).some((other) => other.from === line.to && other.to === line.from);
  });

/** Returns the host (a resolver) that receives a DNS query and sends queries itself; undefined if there is none. */
const askingOn = (lines: readonly PromptPacket[]): string | undefined => {
  const asking = lines.filter((line) => dnsOf(line)?.says === 'asks');
  return asking.find(({from}) => asking.some(({to}) => to === from))?.from;
};

type Givens = {readonly lines: readonly PromptPacket[]};

/** Returns the lines in the only order in which each must precede the next; undefined if several orders are possible. */
const orderOf = ({lines}: Givens): readonly PromptPacket[] | undefined => {
  const order: PromptPacket[] = [];
  for (let left = lines; left.length > 0; ) {
    const [next, more] = left.filter(
      (line) => !left.some((other) => other !== line && isBefore(other, line)),
    );
    const last = order.at(-1);
    if (!next || more || (last && !isBefore(last, next))) return undefined;
    order.push(next);
    left = left.filter((line) => line !== next);
  }
  return order;
};

type Lettered = {readonly line: PromptPacket; readonly id: string};

/** Returns the letters of the choices in the right order; the value of a choice is the number of its packet. */
const idsInOrder = (choices: readonly QuizChoice[]): readonly string[] =>
  choices.toSorted((a, b) => Number(a.value) - Number(b.value)).map(({id}) => id);

/** Returns a text that explains why one packet has to leave before the other. */
const stepText = (one: Lettered, other: Lettered): Text => {
  const [first, second] = [saidBy(one.line.parts), saidBy(other.line.parts)];
  const shown = {earlier: one.id, later: other.id};
  const isBack = one.line.from === other.line.to && one.line.to === other.line.from;
  if (!first || !second) {
    if (dnsOf(other.line)?.says === 'asks') return worded(said.steps.asksOn, shown);
    return worded(isBack ? said.steps.replies : said.steps.canReply, shown);
  }
  if (isBack) return worded(said.steps.acknowledges, {...shown, ack: second.ack ?? 0});
  if (first.length > 0) return worded(said.steps.goesOn, {...shown, seq: second.seq});
  return worded(second.length > 0 ? said.steps.usesNone : said.steps.acknowledgesMore, shown);
};

const steps = (order: readonly Lettered[]): Text => {
  const texts = order.slice(1).flatMap((line, index) => {
    const before = order[index];
    return before ? [stepText(before, line)] : [];
  });
  return inEvery((language) => texts.map((text) => text[language]).join(punctuation.space[language]));
};

const connectionsOf = (row: readonly EventOf<'send'>[]): ReadonlySet<string> =>
  new Set(
    row.flatMap(({connection}) =>
      connection === undefined ? [] : [[connection, farEndOf(connection)].toSorted().join(' ')],
    ),
  );

/** The longest packet line in characters that is asked about; hosts have short names in lessons and addresses in captures. */
const widest = {lesson: 62, capture: 70} as const;

export const orderPackets = kindOf<Givens, readonly EventOf<'send'>[]>({
  kind: 'order-packets',
  form: 'order',
  among: ({trace}) => rows(trace),
  at: ([first]) => first?.n ?? 0,
  find({trace}, row) {
    const [first] = row;
    const lines = row.map((event) => ({
      ...fitting(packetLine(trace, event.packet, sentParts(trace, event))),
      number: undefined,
    }));
    const texts = lines.map(idOf);
    const hasTwoSides = new Set(lines.map(({from}) => from)).size > 1;
    const evidence = first && fieldEvidence(trace, first.packet, 'frame.number');
    if (!hasTwoSides || new Set(texts).size < inRow || row.some((event) => event.retransmission))
      return 'hidden';
    // Sequence numbers of two connections do not tell which packet was earlier.
    if (!areTogether(lines) || connectionsOf(row).size > 1) return 'hidden';
    if (
      !first ||
      texts.some((text) => text.length > widest[trace.header.profile === 'capture' ? 'capture' : 'lesson'])
    )
      return 'wide';
    const numbers = new Map(texts.map((text, at) => [text, String(row[at]?.packet)]));
    return {
      // The lines are printed in alphabetical order, which does not show the right order.
      givens: {lines: lines.toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1))},
      ...{did: texts, n: first.n, evidence, fieldValue: (text) => numbers.get(text) ?? text},
    };
  },
  ask({lines}, called) {
    const asker = askingOn(lines);
    if (!lines.some((line) => dnsOf(line))) return [said.prompt];
    const host = asker === undefined ? sameIn('') : called(asker).within;
    return [wordedWithNames(said.promptOfNames, {asks: asker !== undefined, host})];
  },
  solve(givens, called) {
    const order = orderOf(givens);
    const [leads] = order ?? [];
    const first = leads ? textOf(leads, called) : sameIn('');
    return (
      order && {
        answer: order.map(idOf),
        explain: (choices) => {
          const ids = idsInOrder(choices);
          return steps(order.map((line, at) => ({line, id: ids[at] ?? ''})));
        },
        hints: [
          said.hints.aReplyLeaves,
          said.hints.ackAndAnswers,
          wordedWithNames(said.hints.theFirstOne, {line: first}),
        ],
      }
    );
  },
  beliefs: [],
  words(value, {lines}, called) {
    const line = lines.find((each) => idOf(each) === value);
    return line ? textOf(line, called) : sameIn(value);
  },
});
