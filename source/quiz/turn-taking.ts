// Questions about who acts: who sends the next packet, and in which order packets went.

import {entriesOf, entryAt} from '../account/entries.ts';
import {fateOf} from '../account/fates.ts';
import {packetOf} from '../account/packet.ts';
import {sentSummary} from '../account/summary.ts';
import {sameIn, type Text, wordedWithNames} from '../lesson/text.ts';
import type {Trace, TraceEvent} from '../sim/trace.ts';
import {oncePer} from '../wire/once-per.ts';
import {turnTakingSentences} from '../words/catalogue/questions.ts';
import {capturedTurnDraft} from './captured-turn-draft.ts';
import {forcedRows, turnsOf} from './captured-turns.ts';
import {packetLines} from './context.ts';
import type {Draft, Generator, Option} from './draft.ts';
import {fieldEvidence} from './fields.ts';
import {addressOf} from './host-names.ts';
import {firstOf} from './instants.ts';
import {hostText} from './words.ts';

type SendEvent = Extract<TraceEvent, {kind: 'send'}>;

/** First sendings, in order. */
const sendings = oncePer((trace: Trace): readonly SendEvent[] => {
  const found: SendEvent[] = [];
  for (const event of entriesOf(trace, 'send'))
    if (event.hop === 0 && event.packet > 0 && event.frame) found.push(event);
  return found;
});

/** Sent because a packet came, or because a timer ran out: what one can foresee. */
const foreseen = oncePer((trace: Trace): readonly SendEvent[] =>
  sendings(trace).filter((event, index, all) => {
    const cause = entryAt(trace, firstOf(trace, event.n));
    const earlier = all[index - 1];
    if (earlier === undefined || earlier.instant === event.instant || earlier.atUs === event.atUs)
      return false;
    return cause.kind === 'arrive' || (cause.kind === 'timer' && cause.name === 'RTO');
  }),
);

const ends = (trace: Trace): readonly string[] => [
  ...new Set(
    sendings(trace).flatMap(({packet}) => [packetOf(trace, packet).from, packetOf(trace, packet).to]),
  ),
];

const hostOption = (trace: Trace, host: string): Option => ({
  text: hostText(host),
  value: addressOf(trace, host),
});

/** Taken away on the way, not thrown away by its receiver. */
const onTheWay: readonly string[] = ['fault', 'loss', 'queue', 'link check', 'link down'];

const shown = 3;

type News = Extract<TraceEvent, {kind: 'arrive' | 'drop'}>;

/** What happened last before it: an arrival, or a loss. */
const newsBefore = (trace: Trace, event: SendEvent): News | undefined => {
  for (let n = event.n - 1; n > 0; n -= 1) {
    const each = entryAt(trace, n);
    if ((each.kind === 'arrive' || each.kind === 'drop') && each.packet > 0) return each;
  }
  return undefined;
};

/** The question shows the packet that came or was lost, and none else has been lost: nothing would say so. */
const isPlain = (trace: Trace, event: SendEvent, news: News): boolean => {
  const packets = sendings(trace)
    .filter(({n}) => n < event.n)
    .slice(-shown)
    .map(({packet}) => packet);
  return (
    packets.includes(news.packet) &&
    packets.every(
      (packet) => packet === news.packet || fateOf(trace, packetOf(trace, packet))?.what !== 'lost',
    )
  );
};

const newsText = (trace: Trace, each: News): Text | undefined => {
  const host = hostText(packetOf(trace, each.packet).to);
  if (each.kind === 'drop' && !onTheWay.includes(each.reason)) return undefined;
  if (each.kind === 'drop')
    return wordedWithNames(turnTakingSentences.news.packetHasBeen, {packet: each.packet});
  return each.host === packetOf(trace, each.packet).to
    ? wordedWithNames(turnTakingSentences.news.packetHasJust, {packet: each.packet, host})
    : undefined;
};

const nextDraft = (trace: Trace, event: SendEvent): Draft | undefined => {
  const evidence = fieldEvidence(trace, event.packet, 'ip.src');
  const last = newsBefore(trace, event);
  const news = last && isPlain(trace, event, last) ? newsText(trace, last) : undefined;
  const right = hostOption(trace, event.host);
  if (!evidence || !news || evidence.value !== right.value) return undefined;
  const cause = entryAt(trace, firstOf(trace, event.n));
  const sent = sentSummary(trace, event);
  return {
    form: 'choice',
    right,
    wrong: [
      ...ends(trace)
        .filter((host) => host !== event.host)
        .map((host) => hostOption(trace, host)),
      {text: turnTakingSentences.nextDraft.wrong.text, value: '0'},
    ],
    prompt: [
      ...packetLines(trace, event.n, shown),
      wordedWithNames(turnTakingSentences.nextDraft.prompt, {news}),
    ],
    hints: [
      turnTakingSentences.nextDraft.hints.whoHasTo,
      cause.kind === 'timer'
        ? turnTakingSentences.nextDraft.hints.theOtherEnd
        : turnTakingSentences.nextDraft.hints.whatHasJust,
    ],
    explain: wordedWithNames(turnTakingSentences.nextDraft.explain, {
      packet: event.packet,
      host: hostText(event.host),
      sent,
    }),
    because: event.because,
    n: event.n,
    evidence,
  };
};

const isCapture = ({header}: Trace): boolean => header.profile === 'capture';

export const whoSendsNext: Generator = {
  kind: 'who-sends-next',
  places: ({trace}) =>
    isCapture(trace) ? turnsOf(trace).map(({next}) => next.event.n) : foreseen(trace).map(({n}) => n),
  ask: ({trace}, place) => {
    if (isCapture(trace)) {
      const turn = turnsOf(trace).find(({next}) => next.event.n === place);
      return turn && capturedTurnDraft(trace, turn);
    }
    const event = foreseen(trace).find(({n}) => n === place);
    return event && nextDraft(trace, event);
  },
};

const lineOf = (trace: Trace, event: SendEvent): string => {
  const {from, to} = packetOf(trace, event.packet);
  return `${from} → ${to}  ${sentSummary(trace, event)}`;
};

const inRow = 4;
/** Names of hosts are short in lessons, and addresses in captures. */
const widestLine = {lesson: 62, capture: 70} as const;

/** Four in a row whose order is forced: each goes the same way as the one before, or answers it. */
const rows = oncePer((trace: Trace): readonly (readonly SendEvent[])[] => {
  if (isCapture(trace)) return forcedRows(trace, inRow).map((row) => row.map(({event}) => event));
  const all = sendings(trace).slice(0, 200);
  const forced = (event: SendEvent, next: SendEvent): boolean => {
    const cause = entryAt(trace, firstOf(trace, next.n));
    if (cause.kind === 'arrive' && cause.packet === event.packet) return true;
    const sameWay =
      event.host === next.host && packetOf(trace, event.packet).to === packetOf(trace, next.packet).to;
    return sameWay && event.connection === next.connection;
  };
  return all.flatMap((first, index) => {
    const row = all.slice(index, index + inRow);
    const lines = new Set(row.map((event) => lineOf(trace, event)));
    const told = row.every((event, at) => at === 0 || forced(row[at - 1] ?? first, event));
    const twoSides = new Set(row.map(({host}) => host)).size > 1;
    return row.length === inRow && lines.size === inRow && told && twoSides ? [row] : [];
  });
});

/** Each has room, and reads otherwise than the others. */
const areReadable = (trace: Trace, row: readonly SendEvent[]): boolean => {
  const lines = new Set(row.map((event) => lineOf(trace, event)));
  const widest = widestLine[isCapture(trace) ? 'capture' : 'lesson'];
  return lines.size === row.length && [...lines].every((line) => line.length <= widest);
};

export const orderPackets: Generator = {
  kind: 'order-packets',
  places: ({trace}) => rows(trace).map(([first]) => first?.n ?? 0),
  ask: ({trace}, place): Draft | undefined => {
    const row = rows(trace).find(([first]) => first?.n === place);
    const [first] = row ?? [];
    const evidence = first && fieldEvidence(trace, first.packet, 'frame.number');
    if (!row || !first || !evidence || !areReadable(trace, row)) return undefined;
    const where = isCapture(trace)
      ? turnTakingSentences.orderPackets.ask.where.capture
      : turnTakingSentences.orderPackets.ask.where.run;
    return {
      form: 'order',
      right: row.map((event) => ({text: sameIn(lineOf(trace, event)), value: String(event.packet)})),
      prompt: [turnTakingSentences.orderPackets.ask.prompt],
      hints: [
        turnTakingSentences.orderPackets.ask.hints.aReplyLeaves,
        turnTakingSentences.orderPackets.ask.hints.ackAndAnswers,
        wordedWithNames(turnTakingSentences.orderPackets.ask.hints.theFirstOne, {line: lineOf(trace, first)}),
      ],
      explain: wordedWithNames(turnTakingSentences.orderPackets.ask.explain, {
        packets: row.map(({packet}) => packet),
        where,
      }),
      n: first.n,
      evidence,
    };
  },
};
