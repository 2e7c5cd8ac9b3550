// Questions about a capture where they arise: a few, each before the packet that answers it, as a lesson asks its predictions.
import type {Trace} from '../../sim/trace.ts';
import type {BoundBeat} from '../bound-beat.ts';
import {alikeFields} from '../tcp/giveaways.ts';
import {asCaptured, captureKinds} from './captured.ts';
import {generators} from './generators.ts';
import type {Question} from './question.ts';
import {ask} from './sheet.ts';

export type PlacedQuestion = {readonly question: Question; readonly beat: BoundBeat};

/** No more than a lesson asks. */
const mostQuestions = 12;
/** So many packets between two, at least. */
const leastPackets = 3;
/** Of a long capture, each kind is tried at so many places. */
const mostPlaces = 120;

const evenly = (places: readonly number[], most: number): readonly number[] => {
  const step = Math.max(1, places.length / most);
  return Array.from(
    {length: Math.min(most, places.length)},
    (_, index) => places[Math.floor(index * step)] ?? 0,
  );
};

/** A choice, about a field of the packet that comes next. */
const fits = ({form, evidence, place}: Question, trace: Trace): boolean => {
  const event = place.n > 0 && place.n <= trace.length ? trace.event(place.n) : undefined;
  return (
    form === 'choice' &&
    event?.kind === 'send' &&
    event.packet === evidence.packet &&
    !evidence.field.includes(':')
  );
};

const candidatesIn = (trace: Trace): readonly Question[] => {
  const asked = asCaptured(trace);
  return generators
    .filter(({kind}) => captureKinds.includes(kind))
    .flatMap((generator) =>
      evenly(generator.places(asked), mostPlaces).flatMap((place) => ask(generator, asked, place) ?? []),
    )
    .filter((question) => fits(question, trace))
    .sort((a, b) => a.place.n - b.place.n);
};

/** Of those that come next, the kind that was asked least; then nothing for a while. */
const fewOf = (all: readonly Question[], packets: number): readonly Question[] => {
  const gap = Math.max(leastPackets, Math.ceil(packets / mostQuestions));
  const counts = new Map<string, number>();
  const few: Question[] = [];
  let from = 0;
  for (let left = all; left.length > 0 && few.length < mostQuestions; ) {
    const first = left[0]?.evidence.packet ?? 0;
    const near = left.filter(({evidence}) => evidence.packet < first + gap);
    const weight = ({kind}: Question): number =>
      (counts.get(kind) ?? 0) * captureKinds.length + captureKinds.indexOf(kind);
    const [best] = near.toSorted((a, b) => weight(a) - weight(b));
    if (!best) break;
    few.push(best);
    counts.set(best.kind, (counts.get(best.kind) ?? 0) + 1);
    from = best.evidence.packet + gap;
    left = left.filter(({evidence}) => evidence.packet >= from);
  }
  return few;
};

const beatOf = (question: Question, index: number): BoundBeat => {
  const {prompt, choices, answer, hints, explain, place, evidence} = question;
  const {packet, field} = evidence;
  const alike: {readonly [field: string]: readonly string[] | undefined} = alikeFields;
  return {
    kind: 'prediction',
    index,
    event: place.n,
    show: [],
    panels: undefined,
    ask: prompt,
    hint: hints[0],
    choices: choices.map(({id, text, value, misconception}) => ({
      id,
      text,
      value,
      correct: id === answer,
      ...(misconception === undefined ? {} : {misconception}),
    })),
    explain,
    hides: {packet, fields: [field, ...(alike[field] ?? [])]},
    rfc: undefined,
  };
};

/** Their numbers among the beats of the run begin at `firstIndex`. */
export const questionsInPlace = (trace: Trace, firstIndex: number): readonly PlacedQuestion[] =>
  fewOf(candidatesIn(trace), trace.packetCount).map((question, index) => ({
    question,
    beat: beatOf(question, firstIndex + index),
  }));
