// Checks that the prose about a run is backed. A number has to be an expression, a constant that the lesson declares, in `holds`, or
// covered by the run's signature; a packet needs a name. Format 2 requires this (docs/lessons.md).

import {given} from '../sim/given.ts';
import {backedSentences} from '../words/catalogue/lesson-check.ts';
import {expressionsOf, textsOf} from './beat-texts.ts';
import {
  declared,
  found,
  lies,
  numberSaid,
  patternOf,
  proseOf,
  type Written,
  wordingOf,
  writtenIn,
} from './check-wording.ts';
import {type Expression, packetsIn, partsOf} from './expression.ts';
import {type Facet, valuesOf} from './facets.ts';
import type {Beat, Lesson, Template} from './lesson.ts';
import type {LessonError} from './lesson-error.ts';
import {type Problem, problemWith} from './problem.ts';

/** Facets whose words have to be next to the number that they cover. */
const beside = ['counts', 'clock', 'positions'] as const;

const usPerUnit = [1, 1000, 1_000_000, 60_000_000, 3_600_000_000];

/** Tells whether a condition contains this number, as a count or as a time in any unit. */
const isIn = (holds: Expression, said: string, language: Written): boolean => {
  const value = numberSaid(said, language);
  return partsOf(holds).some((part) => {
    if (part.kind === 'number') return part.value === value;
    return part.kind === 'time' && usPerUnit.some((us) => part.us === value * us);
  });
};

const isRatio = (said: string, language: Written): boolean => patternOf('ratios', language).test(said);

/** Tells whether a facet is about a quantity, which a ratio can be of. */
const measures = (facet: Facet): boolean =>
  facet === 'pace' || facet === 'clock' || valuesOf[facet] !== undefined;

type Backing = {
  readonly holds: Expression | undefined;
  readonly constants: readonly string[];
  readonly wording: readonly Facet[];
};

const unbackedIn = (text: Template, {holds, constants, wording}: Backing): readonly string[] =>
  writtenIn(text).flatMap((language) => {
    const prose = proseOf(text, language);
    const known = [...found(patternOf('named', language), prose), ...declared(constants, prose)];
    const covered = holds ? [] : beside.flatMap((facet) => found(patternOf(facet, language), prose));
    return found(patternOf('numerals', language), prose)
      .filter((number) => !lies(number, known) && !lies(number, covered))
      .map(({said}) => said)
      .filter((said) =>
        holds ? !isIn(holds, said, language) : !(isRatio(said, language) && wording.some(measures)),
      );
  });

const numbersOf = (beat: Beat): readonly number[] =>
  [...expressionsOf(beat), ...(beat.holds ? [beat.holds] : [])]
    .flatMap(packetsIn)
    .flatMap((packet) => (packet.kind === 'number' ? [packet.packet] : []));

/** Finds the unbacked numbers of a beat. The question of a prediction is not checked, because its answer is computed. */
const problemsOf = (beat: Beat, constants: readonly string[]): readonly Problem[] => {
  const packets = [...new Set(numbersOf(beat))].map((packet) =>
    problemWith(backedSentences.numbered, {packet}),
  );
  if (beat.kind !== 'narration') return packets;
  const texts = textsOf(beat);
  const backing = {holds: beat.holds, constants, wording: wordingOf(texts)};
  const numbers = new Set(texts.flatMap((text) => unbackedIn(text, backing)));
  return [...packets, ...[...numbers].map((said) => problemWith(backedSentences.unbacked, {said}))];
};

/** Returns the labels of hosts, which may contain a number, as in Router 1. */
const labelsOf = ({runs}: Lesson): readonly string[] =>
  runs.flatMap(({hosts}) => hosts.flatMap(({label}) => Object.values(label ?? {})));

export const unbacked = (lesson: Lesson): readonly LessonError[] => {
  const {beats, questions = [], constants = [], file} = lesson;
  const known = [...constants, ...labelsOf(lesson)];
  return [...beats, ...questions].flatMap((beat) =>
    problemsOf(beat, known).map((problem) => ({...problem, file, position: beat.position})),
  );
};

type Speaking = Pick<Beat, 'speaks' | 'position'> & {readonly texts: readonly Template[]};

/** Returns the texts that are told only where their facets are the same: those for which no condition decides. */
const speakingIn = ({beats, whatIfs}: Lesson): readonly Speaking[] => [
  ...beats
    .filter((beat) => beat.kind === 'concept' || !beat.holds)
    .map((beat) => ({...given({speaks: beat.speaks}), position: beat.position, texts: textsOf(beat)})),
  ...whatIfs.flatMap(({say, speaks, position}) =>
    say ? [{...given({speaks}), position, texts: [say]}] : [],
  ),
];

/**
 * Finds texts that speak of more than `speaks:` says. If the field is absent, a text counts as speaking of everything, which is safe;
 * `needed` forbids that.
 */
export const unsaid = (lesson: Lesson, needed: boolean): readonly LessonError[] =>
  speakingIn(lesson).flatMap(({speaks, texts, position}) => {
    const all = wordingOf(texts);
    const missing = speaks ? all.filter((facet) => !speaks.includes(facet)) : [];
    const found = speaks
      ? missing.length > 0 && problemWith(backedSentences.unsaid, {missing: missing.join(', ')})
      : needed && problemWith(backedSentences.silent, {all: `[${all.join(', ')}]`});
    return found ? [{...found, file: lesson.file, position}] : [];
  });
