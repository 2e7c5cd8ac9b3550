// Chooses the few questions that are asked during a capture or its replay, each before the packet that shows its answer.

import {entryAt} from '../account/entries.ts';
import type {Trace} from '../sim/trace.ts';
import {generators} from './generators.ts';
import type {QuestionKind} from './kinds.ts';
import type {PacketQuestion} from './packet-question.ts';
import type {Question} from './question.ts';
import {ask} from './sheet.ts';
import type {Asked} from './variant.ts';

/** The highest number of questions during a capture, as many as a lesson has. */
const mostQuestions = 12;
/** The least number of packets between two questions during a capture. */
const leastPackets = 3;
/** The highest number of places in a capture at which each kind of question is tried. */
const mostPlaces = 120;

const evenly = (places: readonly number[], most: number): readonly number[] => {
  const step = Math.max(1, places.length / most);
  return Array.from(
    {length: Math.min(most, places.length)},
    (_, index) => places[Math.floor(index * step)] ?? 0,
  );
};

/**
 * Tells whether a question has choices and its answer is a field of the packet that is sent next, so that it can be asked before that
 * packet.
 */
const fits = (question: Question, trace: Trace): question is PacketQuestion => {
  const {form, evidence, place} = question;
  const event = place.n > 0 && place.n <= trace.length ? entryAt(trace, place.n) : undefined;
  return (
    form === 'choice' &&
    event?.kind === 'send' &&
    event.packet === evidence.packet &&
    !evidence.field.includes(':')
  );
};

/**
 * Kinds of questions that are not asked during a capture, because the packet's line shows the answer (sender or length) even with its
 * values blanked.
 */
const seenByTheWay: readonly QuestionKind[] = ['who-sends-next', 'next-query-to', 'frame-bytes'];

const candidatesIn = (asked: Asked, kinds: readonly QuestionKind[]): readonly PacketQuestion[] =>
  generators
    .filter(({kind, simulates}) => kinds.includes(kind) && !simulates && !seenByTheWay.includes(kind))
    .flatMap((generator) =>
      evenly(generator.places(asked), mostPlaces).flatMap((place) => ask(generator, asked, place) ?? []),
    )
    .filter((question): question is PacketQuestion => fits(question, asked.trace))
    .sort((a, b) => a.place.n - b.place.n);

/** Chooses a few of the possible questions: of those about the next packets, the kind that was asked least; then none for some packets. */
const fewOf = (
  all: readonly PacketQuestion[],
  packets: number,
  kinds: readonly QuestionKind[],
): readonly PacketQuestion[] => {
  const gap = Math.max(leastPackets, Math.ceil(packets / mostQuestions));
  const counts = new Map<string, number>();
  const few: PacketQuestion[] = [];
  let from = 0;
  for (let left = all; left.length > 0 && few.length < mostQuestions; ) {
    const [first] = left;
    const near = left.filter(({evidence}) => first && evidence.packet < first.evidence.packet + gap);
    const weight = ({kind}: Question): number => (counts.get(kind) ?? 0) * kinds.length + kinds.indexOf(kind);
    const [best] = near.toSorted((a, b) => weight(a) - weight(b));
    if (!best) break;
    few.push(best);
    counts.set(best.kind, (counts.get(best.kind) ?? 0) + 1);
    from = best.evidence.packet + gap;
    left = left.filter(({evidence}) => evidence.packet >= from);
  }
  return few;
};

const everyKind = generators.map(({kind}) => kind);

/** Returns the questions to ask during a run or capture. `kinds` limits them to some kinds. @default all */
export const questionsInPlace = (
  asked: Asked,
  kinds: readonly QuestionKind[] = everyKind,
): readonly PacketQuestion[] => fewOf(candidatesIn(asked, kinds), asked.trace.packetCount, kinds);
