// Quiz questions about who sends the next packet of a connection, where the protocol's rules alone decide it (captured-turns.ts).

import {sameIn, type Text, wordedWithNames} from '../lesson/text.ts';
import type {Trace} from '../sim/trace.ts';
import {seqAdd} from '../wire/seq.ts';
import {turnTakingSentences as said} from '../words/catalogue/questions.ts';
import {type Turn, turnsOf} from './captured-turns.ts';
import {cited} from './cited.ts';
import {fieldEvidence} from './field-evidence.ts';
import {addressOf} from './host-names.ts';
import {beliefsIn, type Called, kindOf} from './kind.ts';
import {exchangeOf} from './pictured.ts';
import type {PromptPacket} from './prompt.ts';
import {type Said, saidBy, sentLine} from './said.ts';
import {segmentsOf} from './segments.ts';

/**
 * The packets that the question prints. No other one is in flight, and the sender of the last one has acknowledged everything that arrived.
 */
type Givens = {
  readonly lines: readonly PromptPacket[];
  /**
   * The receiver's last acknowledgment number and the window offered with it; undefined if the reason for the next packet does not need
   * them.
   */
  readonly offered: {readonly ack: number; readonly bytes: number} | undefined;
};

const nobody = '0';

/**
 * Returns why the receiver of the last packet has to send next and its sender waits: a SYN, a FIN, a full window or a probe; undefined if
 * none of these applies.
 */
const reason = ({lines, offered}: Givens, called: Called): Text | undefined => {
  const last = lines.at(-1);
  const line = last && saidBy(last.parts);
  if (!line) return undefined;
  const named = {from: called(last.from).within, to: called(last.to).within};
  const why = said.reason;
  if (line.has('SYN')) return wordedWithNames(why['syn-ack'], named);
  if (line.has('FIN')) return wordedWithNames(why.fin, named);
  return offered && ofWindow(line, offered, named);
};

const ofWindow = (
  line: Said,
  {ack, bytes}: NonNullable<Givens['offered']>,
  named: {from: Text; to: Text},
): Text | undefined => {
  const right = seqAdd(line.seq, 1);
  if (right === ack && line.octets <= 1) return wordedWithNames(said.reason.probe, named);
  return line.end - bytes === ack ? wordedWithNames(said.reason.window, {...named, ack, bytes}) : undefined;
};

/** Tells whether the last printed segment is the only one in flight on the connection; another one would be answered, too. */
const isAlone = (trace: Trace, {shown, next}: Turn): boolean => {
  const last = shown.at(-1);
  const {sent, arrived} = segmentsOf(trace);
  if (!last) return false;
  const early = sent.filter(
    ({event, flow, back}) => event.n < last.event.n && (flow === last.flow || back === last.flow),
  );
  const come = new Set(arrived.filter(({n}) => n < next.event.n).map(({packet}) => packet));
  return early.every(({event: {packet, lost}}) => come.has(packet) || lost !== undefined);
};

const offeredIn = ({waits, shown}: Turn): Givens['offered'] => {
  if (waits.kind === 'window') return {ack: waits.ack, bytes: waits.bytes};
  const line = shown.at(-1)?.segment;
  return waits.kind === 'probe' && line ? {ack: seqAdd(line.seq, 1), bytes: 0} : undefined;
};

export const whoSendsNext = kindOf<Givens, Turn>({
  kind: 'who-sends-next',
  form: 'choice',
  // The question who answers a SYN is too easy.
  among: ({trace}) => turnsOf(trace).filter(({waits}) => waits.kind !== 'syn'),
  at: ({next}) => next.event.n,
  secrets: ({lines}) => {
    const line = saidBy(lines.at(-1)?.parts ?? []);
    return line && (line.has('SYN') || line.has('FIN')) ? [exchangeOf(line, 'ACK')] : [];
  },
  find({trace}, turn) {
    if (!isAlone(trace, turn)) return 'hidden';
    const {event} = turn.next;
    const {packet} = event;
    return {
      givens: {lines: turn.shown.map((each) => sentLine(trace, each)), offered: offeredIn(turn)},
      did: event.host,
      ...{n: event.n, because: cited(event.because)},
      evidence: fieldEvidence(trace, packet, 'ip.src') ?? fieldEvidence(trace, packet, 'ipv6.src'),
      fieldValue: (host) => (host === nobody ? host : addressOf(trace, host)),
    };
  },
  ask({lines, offered}, called) {
    const last = lines.at(-1);
    const {first, within: to} = called(last?.to ?? '');
    return [
      ...lines,
      wordedWithNames(said.prompt, {
        before: offered ? wordedWithNames(said.offered, {to: first, ...offered}) : sameIn(''),
        packet: last?.number ?? 0,
        to,
      }),
    ];
  },
  solve(givens, called) {
    const why = reason(givens, called);
    const last = givens.lines.at(-1);
    if (!why || !last) return undefined;
    const hint = givens.offered ? said.hints.compareWhereThe : said.hints.synFINAnd;
    return {answer: last.to, explain: why, hints: [said.hints.whichEndMay, hint]};
  },
  beliefs: beliefsIn(said.beliefs, {
    goesOn: ({lines}) => lines.at(-1)?.from,
    nothingOwed: () => nobody,
  }),
  words: (value, _, called) => (value === nobody ? said.nobody : called(value).within),
});
