// Checks that the prose of beats is backed. A number has to be an expression, one of the lesson's constants, in `holds`, or covered by the
// signature; a packet needs a name. Format 2 requires this (docs/lessons.md).

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

/** Facets of a text whose words have to be next to the number that they cover. */
const beside = ['counts', 'clock', 'positions'] as const;

const usPerUnit = [1, 1000, 1_000_000, 60_000_000, 3_600_000_000];

/** Tells whether the condition `holds` contains the number `said`, as a count or as a time in any unit. */
const isIn = (holds: Expression, said: string, language: Written): boolean => {
  const value = numberSaid(said, language);
  return partsOf(holds).some((part) => {
    if (part.kind === 'number') return part.value === value;
    return part.kind === 'time' && usPerUnit.some((us) => part.us === value * us);
  });
};

const isRatio = (said: string, language: Written): boolean => patternOf('ratios', language).test(said);

/** Tells whether a facet of a text is about a quantity, which can have a ratio. */
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

/**
 * Returns the problems of a beat's numbers: packets referred to by number, and unbacked numbers in a narration's texts. Texts of questions
 * are not checked.
 */
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

/** Returns the labels of a lesson's hosts; a number in one, as in Router 1, needs no backing. */
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

/**
 * Returns the texts of a lesson that are told in another run only if their facets are the same there: those of beats without `holds`, and
 * of what-ifs.
 */
const speakingIn = ({beats, whatIfs}: Lesson): readonly Speaking[] => [
  ...beats
    .filter((beat) => beat.kind === 'concept' || !beat.holds)
    .map((beat) => ({...given({speaks: beat.speaks}), position: beat.position, texts: textsOf(beat)})),
  ...whatIfs.flatMap(({say, speaks, position}) =>
    say ? [{...given({speaks}), position, texts: [say]}] : [],
  ),
];

/**
 * Returns an error for each text that speaks of more facets than `speaks:` says. Without `speaks:` a text counts as speaking of everything,
 * which is safe; `needed` makes its absence an error.
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
