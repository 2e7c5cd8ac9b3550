// Wherever a misconception is named, it is named as a myth, and its fact follows: pages, results, texts and exports, in both languages.
import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {lessonData, lessonSummaries} from '../../../source/io/lessons.ts';
import {mythAndFact} from '../../../source/lesson/belief.ts';
import {sameIn} from '../../../source/lesson/text.ts';
import {standingOf} from '../../../source/quiz/standing.ts';
import {unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {learnerPageScreen, pageRows} from '../../../source/view/quiz/learner-page.ts';
import {learnerSentences} from '../../../source/view/quiz/learner-sentences.ts';
import {progressPage, reviewPage} from '../../../source/view/quiz/progress-page.ts';
import {quizSentences} from '../../../source/view/quiz/quiz-sentences.ts';
import {beginRound, endRound} from '../../../source/view/quiz/quiz-state.ts';
import {resultScreen} from '../../../source/view/quiz/result-screen.ts';
import type {Line} from '../../../source/view/span.ts';
import {type Language, languages} from '../../../source/words/catalogue/language.ts';
import {cut} from '../../../source/words/width.ts';
import {type Did, learnerNow, learners, namedLearners, recordsIn} from '../../helpers/learners.ts';
import {infoOf, questionOf} from '../../helpers/questions.ts';
import {runs, seed} from '../../helpers/seeds.ts';

const {misconceptions} = lessonData();
const here = {nowMs: learnerNow, offsetMs: 0};

/** So many columns of a sentence tell it from others, wherever it is cut. */
const enough = 16;

const squeezed = (text: string): string => text.replace(/\s/g, '');

const begin = (sentence: string): string => cut(squeezed(sentence), enough, '');

/** What to look for of a misconception in one language. */
const soughtOf = (belief: (typeof misconceptions)[number], language: Language) => {
  const marked = (sentence: string, inside: string): string =>
    squeezed(sentence).slice(0, squeezed(sentence).indexOf(begin(inside)) + begin(inside).length);
  const [believed, correct] = [belief.belief[language], belief.correct[language]];
  const [myth, fact] = mythAndFact(belief, language);
  const name = belief.name[language];
  return {
    ...{id: belief.id, name, wrong: begin(believed), right: begin(correct)},
    isPart: believed.includes(name) || correct.includes(name),
    myth: marked(myth, believed),
    fact: marked(fact, correct),
    // One fact begins with the same words as its myth.
    isAlike: squeezed(correct).includes(begin(believed)),
  };
};

const sought = new Map(
  languages.map((language) => [language, misconceptions.map((belief) => soughtOf(belief, language))]),
);

/** Returns the ids of the misconceptions of which a text has the wrong sentence, or the short name, other than as a myth with its fact. */
const bareIn = (lines: readonly string[], language: Language): readonly string[] => {
  // A cut sentence ends in an ellipsis, and columns follow; the next line has the fact.
  const text = squeezed(lines.join(''));
  const times = (part: string): number => text.split(part).length - 1;
  return (sought.get(language) ?? []).flatMap(({id, name, isPart, wrong, isAlike, myth, fact}) => {
    if (!isPart && lines.some((line) => line.includes(name))) return [`${id} by its name`];
    if (!text.includes(wrong)) return [];
    const isMarked = times(wrong) - (isAlike ? times(fact) : 0) === times(myth);
    return isMarked && text.includes(fact) ? [] : [id];
  });
};

const textOf = (lines: readonly Line[]): readonly string[] =>
  lines.map((line) => line.map(({text}) => text).join(''));

const sizes = [
  {columns: 60, rows: 15},
  {columns: 80, rows: 24},
  {columns: 120, rows: 40},
];

const pagesOf = (did: readonly Did[], language: Language): readonly (readonly string[])[] => {
  const data = {standing: standingOf(recordsIn(did), here), here, lessons: lessonSummaries(), misconceptions};
  const page = {...data, language, ascii: false};
  return [
    progressPage(page),
    reviewPage(page),
    ...(['review', 'progress'] as const).flatMap((kind) => {
      const rows = pageRows({kind, data, row: 0}).length;
      return [
        learnerSentences({kind, data, row: 0}, language),
        ...sizes.flatMap((size) =>
          [0, Math.floor(rows / 2), rows - 1].map((row) =>
            textOf(
              learnerPageScreen({kind, data, row}, {...size, language, glyphs: unicodeGlyphs, keyHints: []}),
            ),
          ),
        ),
      ];
    }),
  ];
};

test.each(languages)('pages of review and progress (%s)', (language) => {
  let told = 0;
  const judge = (did: readonly Did[]): void => {
    for (const lines of pagesOf(did, language)) {
      expect(bareIn(lines, language)).toEqual([]);
      const text = squeezed(lines.join(''));
      told += (sought.get(language) ?? []).filter(({right}) => text.includes(right)).length;
    }
  };
  for (const did of Object.values(namedLearners)) judge(did);
  fc.assert(fc.property(learners, judge), {seed, numRuns: runs(80, 15)});
  expect(told).toBeGreaterThan(20);
});

test.each(languages)('the result of a round (%s)', (language) => {
  const reference = {
    rule: () => undefined,
    misconception: (id: string) => misconceptions.find((each) => each.id === id),
    lessons: {title: (id: string) => sameIn(id), ahead: undefined},
  };
  for (const {id} of misconceptions) {
    const answered = [id, 'every-packet-plus-one'].map((misconception, n) => {
      const question = questionOf('choice', n);
      const choices = question.choices.map((each) => (each.id === 'a' ? {...each, misconception} : each));
      const grade = {right: false, misconceptions: [misconception]};
      return {question: {...question, choices, id: `q${n}`}, given: 'a', hints: 0, grade};
    });
    const state = endRound({...beginRound(infoOf()), answered});
    for (const size of sizes)
      for (const row of [0, 1]) {
        const look = {...size, language, glyphs: unicodeGlyphs, keyHints: [], reference};
        expect(bareIn(textOf(resultScreen({...state, row}, look)), language)).toEqual([]);
      }
    // On a tall screen the facts of the rows that are not marked are whole, too.
    const tall = {columns: 120, rows: 60, language, glyphs: unicodeGlyphs, keyHints: [], reference};
    for (const row of [0, 1]) {
      const whole = squeezed(textOf(resultScreen({...state, row}, tall)).join(''));
      expect(whole).toContain(squeezed(reference.misconception(id)?.correct[language] ?? id));
    }
    expect(bareIn(quizSentences(state, {language, reference}), language)).toEqual([]);
  }
});

test('a bare sentence, or a name, is found', () => {
  const [belief] = misconceptions;
  for (const language of languages) {
    expect(bareIn(['', belief?.belief[language] ?? ''], language)).toEqual([belief?.id]);
    expect(bareIn([belief?.name[language] ?? ''], language)).toEqual([`${belief?.id} by its name`]);
    expect(bareIn(belief ? mythAndFact(belief, language) : [], language)).toEqual([]);
    expect(bareIn([(belief && mythAndFact(belief, language)[0]) ?? ''], language)).toEqual([belief?.id]);
  }
});
