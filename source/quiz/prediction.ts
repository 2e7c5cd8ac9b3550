// Makes quiz questions of those that lessons ask themselves (predictions and concept questions), with the numbers of another run.

import {citation} from '../account/citation.ts';
import {entriesBetween, entriesOf, entryAt} from '../account/entries.ts';
import {partsText, plainHand} from '../account/notation.ts';
import {ownerOf, packetOf} from '../account/packet.ts';
import {sentParts} from '../account/packet-parts.ts';
import {bindBeats, bindQuestions} from '../lesson/bind.ts';
import type {BoundBeat, BoundChoice} from '../lesson/bound-beat.ts';
import {namesIn, theHost} from '../lesson/host-names.ts';
import type {Lesson, QuestionBeat} from '../lesson/lesson.ts';
import {httpHeadsIn} from '../lesson/stream-reader.ts';
import {type Text, wordedWithNames} from '../lesson/text.ts';
import type {Track} from '../lesson/tracks.ts';
import {timeText} from '../lesson/value.ts';
import {given} from '../sim/given.ts';
import type {Trace} from '../sim/trace.ts';
import {byKey} from '../wire/grouped.ts';
import {oncePer} from '../wire/once-per.ts';
import {inEvery} from '../words/catalogue/language.ts';
import {peerStatesSentences, predictionSentences} from '../words/catalogue/questions.ts';
import type {Draft, Option} from './draft.ts';
import {fieldEvidence} from './field-evidence.ts';
import {flagBits} from './flag-bits.ts';
import {lineOf} from './http-exchanges.ts';
import {countsFromOf, initialNumbers} from './initial-numbers.ts';
import {lastSent} from './instants.ts';
import type {Written} from './kind.ts';
import {topicOf} from './lesson-topic.ts';
import {
  fitting,
  heightOf,
  isPacket,
  mostRows,
  type Prompt,
  type PromptPacket,
  packetLine,
  valuesLine,
} from './prompt.ts';
import {segmentsOf, sendingsOf} from './segments.ts';
import type {Asked} from './variant.ts';

type BoundQuestion = Extract<BoundBeat, {kind: 'prediction' | 'concept'}>;

/** Returns the lesson without the signatures of its beats, so that a run with another seed can be bound to them. */
const asWritten = oncePer(
  (lesson: Lesson): Lesson => ({
    ...lesson,
    beats: lesson.beats.map(({signature: _, ...beat}) => beat),
  }),
);

/** Returns the beats and questions of a lesson bound to a run; none if a fault was added, because the lesson explains only its own run. */
const beatsIn = oncePer((asked: Asked): readonly BoundBeat[] => {
  const {lesson, run, faults} = asked.variant;
  const both = faults.length > 0 ? [] : [bindBeats, bindQuestions];
  const bound = both.flatMap((bind) => bind(asWritten(lesson), run.name, asked.trace).beats);
  return bound;
});

const questionsIn = (asked: Asked): readonly BoundQuestion[] =>
  beatsIn(asked).flatMap((beat) => (beat.kind === 'narration' ? [] : [beat]));

const isBeside = ({variant: {lesson}}: Asked, index: number): boolean => index >= lesson.beats.length;

/** Calls that begin a new exchange; a narration before one does not help with a question after it. */
const begins: readonly string[] = ['get', 'post'];

const isAnotherScene = (trace: Trace, from: number, to: number): boolean =>
  from > 0 &&
  entryAt(trace, from).kind === 'arrive' &&
  [...entriesBetween(trace, from + 1, Math.max(from + 1, to))].some(
    (each) => each.kind === 'call' && begins.includes(each.call),
  );

/**
 * Returns the narration just before the question, which may build on it; undefined if the question is asked alone or the narration is about
 * an earlier exchange.
 */
const toldBefore = (asked: Asked, {index, event}: BoundQuestion, {quiz}: QuestionBeat): Text | undefined => {
  if (quiz === 'alone' || isBeside(asked, index)) return undefined;
  const told = beatsIn(asked).findLast((beat) => beat.kind === 'narration' && beat.index < index);
  if (told?.kind !== 'narration') return undefined;
  return isAnotherScene(asked.trace, told.event, event) ? undefined : told.say;
};

/**
 * Returns the question that the lesson's author wrote at this index; undefined if it is a narration. Questions outside the story are
 * numbered after the beats.
 */
const writtenOf = ({beats, questions = []}: Lesson, index: number): QuestionBeat | undefined => {
  const beat = beats[index] ?? questions[index - beats.length];
  return beat?.kind === 'narration' ? undefined : beat;
};

const plainValue = ({value, text: words}: BoundChoice): string => String(value ?? words.en);

const option = ({text: words, misconception, why}: BoundChoice, value: string): Option => ({
  ...{text: words, value},
  ...given({misconception, belief: why}),
});

/**
 * Returns the packet field that is the answer as evidence, with a function that writes choices as tshark does; undefined if no single field
 * is the answer.
 */
const byField = ({trace}: Asked, beat: BoundQuestion, written: QuestionBeat) => {
  const [asked] = written.kind === 'prediction' ? written.asks : [];
  const packet = beat.hides?.packet;
  if (asked === undefined || packet === undefined) return undefined;
  const field = asked === 'flags' ? 'tcp.flags' : asked;
  const evidence = fieldEvidence(trace, packet, field);
  const choiceValue = (choice: BoundChoice): string =>
    asked === 'flags' ? flagBits(plainValue(choice)) : plainValue(choice);
  const right = beat.choices.find(({correct}) => correct);
  if (!evidence || !right || choiceValue(right) !== evidence.value) return undefined;
  const counts = asked === 'tcp.seq_raw' ? 'seq' : asked === 'tcp.ack_raw' ? 'ack' : undefined;
  const countsFrom = counts && countsFromOf(trace, packet, counts);
  return {evidence, choiceValue, countsFrom};
};

const evidenceOf = (asked: Asked, beat: BoundQuestion, written: QuestionBeat) => {
  const field = byField(asked, beat, written);
  if (field) return field;
  const right = beat.choices.find(({correct}) => correct);
  const event = beat.event > 0 ? entryAt(asked.trace, beat.event) : undefined;
  const packet =
    event && 'packet' in event && event.packet > 0 ? event.packet : lastSent(asked.trace, beat.event);
  const {beats} = asked.variant.lesson;
  const own = beat.index - beats.length;
  const name = own < 0 ? `beat ${beat.index + 1}` : `question ${own + 1}`;
  const place = written.kind === 'prediction' ? `expression:${name}` : `clause:${citation(written.rfc)}`;
  return {
    evidence: {packet, field: place, value: right ? plainValue(right) : ''},
    choiceValue: plainValue,
    countsFrom: undefined,
  };
};

const explained = (beat: BoundQuestion, right: BoundChoice): Text =>
  beat.explain ??
  wordedWithNames(predictionSentences.explained, {text: right.text, clause: citation(beat.rfc ?? '')});

/** Returns the delay in µs over all links of the packet's way; undefined if the packet did not arrive. */
const delayOf = (trace: Trace, packet: number): number | undefined => {
  const legs = [...entriesOf(trace, 'send')].filter((each) => each.packet === packet);
  if (legs.at(-1)?.to !== packetOf(trace, packet).to) return undefined;
  return legs.reduce((sum, {host, to}) => {
    const link = trace.header.links.find(({between}) => between.includes(host) && between.includes(to));
    return sum + (link?.delayUs ?? 0);
  }, 0);
};

/** Returns the line that tells the delay of the last printed packet, for questions whose answer is a time. */
const wayOf = ({trace}: Asked, {prints}: QuestionBeat, lines: readonly PromptPacket[]): readonly Text[] => {
  const packet = lines.at(-1)?.number;
  const delayUs = prints?.includes('delay') && packet !== undefined ? delayOf(trace, packet) : undefined;
  if (packet === undefined || delayUs === undefined) return [];
  const {from, to, sentUs} = packetOf(trace, packet);
  const told = {delay: timeText(delayUs), packet, at: timeText(sentUs)};
  if (trace.header.links.length === 1) return [wordedWithNames(predictionSentences.way, told)];
  const ends = {from: theHost(trace, from), to: theHost(trace, to)};
  return [wordedWithNames(predictionSentences.between, {...told, ...ends})];
};

/** Returns the line that tells which printed packets have not arrived, for questions whose answer depends on it. */
const missingOf = (
  {trace}: Asked,
  {prints}: QuestionBeat,
  lines: readonly PromptPacket[],
  n: number,
): readonly Text[] => {
  if (!prints?.includes('arrived')) return [];
  const come = new Set(
    segmentsOf(trace)
      .arrived.filter((each) => each.n < n)
      .map(({packet}) => packet),
  );
  const missing = lines.flatMap(({number}) => (number === undefined || come.has(number) ? [] : [number]));
  const isSome = missing.length > 0 && missing.length < lines.length;
  return isSome ? [wordedWithNames(peerStatesSentences.missing, {missing})] : [];
};

/** Returns lines that tell which host has which of the addresses to choose from, in the order of the addresses. */
const ownersOf = ({trace}: Asked, {choices}: BoundQuestion): Prompt => {
  const addresses = choices.map(({text}) => text.en).toSorted();
  const rows = [...byKey(addresses, (address) => ownerOf(trace, address))].flatMap(([host, own]) =>
    host === undefined
      ? []
      : valuesLine(inEvery((language) => `${own.join(', ')}  ${namesIn(trace)(host).name[language]}`)),
  );
  return rows.length > 1 ? [predictionSentences.owners, ...rows] : [];
};

/** Returns the last packets before event `n` as lines, because the learner has not seen the run. */
const packetLines = (trace: Trace, n: number, most: number): readonly PromptPacket[] =>
  sendingsOf(trace)
    .filter((each) => each.n < n && each.frame)
    .slice(-most)
    .map((each) => fitting(packetLine(trace, each.packet, sentParts(trace, each))));

/** Tracks whose questions are about messages above TCP, so that the HTTP or TLS message is printed instead of segments. */
const aboveTcp: readonly Track[] = ['http', 'https'];

/** Returns a line with the HTTP start line or TLS message that was sent last before event `n`; nothing if there is none. */
const messageLines = (trace: Trace, n: number): Prompt => {
  const before = sendingsOf(trace).filter((each) => each.n < n && each.frame);
  for (const each of before.toReversed()) {
    const parts = sentParts(trace, each).filter(({kind}) => kind === 'tls');
    const head = httpHeadsIn(trace, each.packet).at(-1);
    if (parts.length === 0 && !head) continue;
    const {from, to} = packetOf(trace, each.packet);
    const called = namesIn(trace);
    const isTls = parts.length > 0 || !head;
    const said = isTls ? partsText(parts, plainHand).replace(/^\W+/, '') : lineOf(head);
    return [
      valuesLine(
        inEvery((language) => `${called(from).name[language]} → ${called(to).name[language]}  ${said}`),
      ),
    ];
  }
  return [];
};

/** Returns the prompt with the initial sequence numbers of each packet, so that a screen can show relative numbers. */
const withInitial = (prompt: Prompt, trace: Trace): Prompt =>
  prompt.map((line) =>
    isPacket(line) && line.number !== undefined
      ? {...line, initial: initialNumbers(trace, line.number)}
      : line,
  );

/** Returns three versions of the prompt, with the last three, two and one packets, so that the longest one that fits can be taken. */
const promptsOf = (
  asked: Asked,
  beat: BoundQuestion,
  {n, told, written}: {readonly n: number; readonly told: Text | undefined; readonly written: QuestionBeat},
): readonly Prompt[] =>
  [3, 2, 1].map((most) => {
    const {lesson} = asked.variant;
    const isAbove = aboveTcp.includes(lesson.track) && !written.prints;
    const lines = isAbove ? [] : packetLines(asked.trace, n, most);
    return [
      ...(isAbove ? messageLines(asked.trace, n) : lines),
      ...missingOf(asked, written, lines, n),
      ...(told ? [told] : []),
      ...wayOf(asked, written, lines),
      ...ownersOf(asked, beat),
      beat.ask,
    ];
  });

const ask = (asked: Asked, place: number): Draft | undefined => {
  const beat = questionsIn(asked).find(({index}) => index === place);
  const written = writtenOf(asked.variant.lesson, place);
  const right = beat?.choices.find(({correct}) => correct);
  if (!beat || !written || !right || written.quiz === 'never') return undefined;
  const {evidence, choiceValue, countsFrom} = evidenceOf(asked, beat, written);
  const n = beat.kind === 'prediction' ? beat.event : beat.event + 1;
  const told = toldBefore(asked, beat, written);
  const prompts = promptsOf(asked, beat, {n, told, written});
  const prompt = prompts.find((each) => heightOf(each) <= mostRows) ?? prompts.at(-1) ?? [];
  return {
    form: 'choice',
    right: option(right, choiceValue(right)),
    wrong: beat.choices.filter(({correct}) => !correct).map((choice) => option(choice, choiceValue(choice))),
    prompt: countsFrom ? withInitial(prompt, asked.trace) : prompt,
    hints: beat.hint ? [beat.hint] : [predictionSentences.ask.hints],
    explain: explained(beat, right),
    n,
    secrets: [...new Set(beat.choices.flatMap(({misconception}) => misconception ?? []))],
    evidence,
    ...given({countsFrom}),
    topic: topicOf(asked.variant.lesson),
  };
};

const indexesOf = (asked: Asked): readonly number[] => questionsIn(asked).map(({index}) => index);

/** The kind of question that a lesson asks within its story, before the event that answers it. */
export const prediction: Written = {
  kind: 'prediction',
  places: (asked) => indexesOf(asked).filter((index) => !isBeside(asked, index)),
  ask,
};

/** The kind of question that a lesson's author wrote outside the story. */
export const question: Written = {
  kind: 'question',
  places: (asked) => indexesOf(asked).filter((index) => isBeside(asked, index)),
  ask,
};
