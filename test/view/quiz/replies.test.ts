// Every wrong answer to a question of every kind gets a reply of its own, and the page with the reply prints nothing twice. Oracle: what
// the page has to say, found in the question's own choices; no sentence is pinned.
import {expect, test} from 'vitest';
import {lessonData} from '../../../source/io/lessons.ts';
import {generators} from '../../../source/quiz/generators.ts';
import type {GivenAnswer} from '../../../source/quiz/grade.ts';
import {grade} from '../../../source/quiz/grade.ts';
import type {QuestionKind} from '../../../source/quiz/kinds.ts';
import type {Question} from '../../../source/quiz/question.ts';
import {repliesBeforeAgain, repliesTo} from '../../../source/quiz/reply.ts';
import {unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {questionScreen} from '../../../source/view/quiz/quiz-screen.ts';
import {askQuestion, beginRound} from '../../../source/view/quiz/quiz-state.ts';
import {type Language, languages} from '../../../source/words/catalogue/language.ts';
import {infoOf} from '../../helpers/questions.ts';
import {about, kindNamed} from '../../quiz/asked-runs.ts';

const beliefs = new Map(lessonData().misconceptions.map((each) => [each.id, each]));
const known = (id: string) => beliefs.get(id);
const reference = {rule: () => undefined, misconception: known};

const runs = [
  ...['layers/base', 'accept-queue/never', 'rack-tlp/base', 'handshake-loss/syn-ack-rfc', 'dns-cache/base'],
  ...['cookies-session/base', 'https-tls13/full', 'loss-recovery/no-sack', 'handshake/data-in-syn'],
  ...['http-connections/pipelined', 'dns-transport/what-if-4', 'https-why/own-certificate'],
];

/** The wrong answers of which something is known; of an order, the reverse. */
const wrongAnswersOf = ({form, choices, answer, wrongAnswers}: Question): readonly GivenAnswer[] => {
  const right = [answer].flat().map(String);
  if (form === 'order') return [right.toReversed()];
  if (typeof answer === 'number') return wrongAnswers.map(({value}) => value);
  if (form === 'choice') return choices.flatMap(({id}) => (right.includes(id) ? [] : [id]));
  return choices.flatMap(({id}) => (right.includes(id) ? [] : [[...right, id].toSorted()]));
};

/** The first question of each kind about each run. */
const questions = (kinds: readonly QuestionKind[]): readonly Question[] =>
  runs.flatMap((run) =>
    kinds.flatMap((kind) => {
      const {places, candidate} = kindNamed(kind);
      for (const place of places(about(run)).slice(0, 6)) {
        const made = candidate(about(run), place);
        if ('question' in made) return [made.question];
      }
      return [];
    }),
  );

const kindsAsked = generators.map(({kind}) => kind);

/** The rows of the page with the question, and with the reply if there is an answer. */
const pageOf = (
  question: Question,
  given: GivenAnswer | undefined,
  language: Language,
): readonly string[] => {
  const asked = askQuestion(beginRound(infoOf()), question, 0);
  const look = {columns: 120, rows: 90, glyphs: unicodeGlyphs, keyHints: [], language, reference};
  const quiz =
    given === undefined
      ? asked
      : ({
          ...asked,
          phase: 'reply',
          answered: [{question, given, grade: grade(question, given), hints: 0}],
        } as const);
  return questionScreen(quiz, look).map((line) =>
    line
      .map(({text}) => text)
      .join('')
      .trim(),
  );
};

const twice = (rows: readonly string[]): readonly string[] =>
  rows.filter((row, index) => row !== '' && rows.indexOf(row) < index);

const printedBeside = ({prompt, choices, explain}: Question, language: Language): readonly string[] => [
  ...prompt.flatMap((line) => ('kind' in line ? [] : [line[language]])),
  ...choices.map(({text}) => text[language]),
  explain[language],
];

/** What is wrong with the reply to one answer: none, something that stands on the page already, a row twice. */
const faultsOf = (question: Question, given: GivenAnswer): readonly string[] => {
  const replies = repliesTo(question, given, known);
  const where = `${question.kind} ${question.id} ${given}`;
  const repeated = languages.flatMap((language) => {
    const beside = printedBeside(question, language);
    // Two lines of a prompt may be equal where they are to be compared.
    const asked = twice(pageOf(question, undefined, language));
    return [
      ...replies.flatMap((reply) => (beside.some((each) => each.includes(reply[language])) ? reply.en : [])),
      ...twice(pageOf(question, given, language)).filter((row) => !asked.includes(row)),
    ];
  });
  return [...(replies.length === 0 ? ['no reply'] : []), ...repeated].map((fault) => `${where}: ${fault}`);
};

test('each wrong answer has a reply, and its page prints nothing twice', () => {
  const all = questions(kindsAsked);
  expect(new Set(all.map(({kind}) => kind)).size).toBeGreaterThan(50);
  const faults = all.flatMap((question) =>
    wrongAnswersOf(question).flatMap((given) => faultsOf(question, given)),
  );
  expect(faults).toEqual([]);
});

test('a typed number gets the reply of the choice with the same number', () => {
  const typed = questions(['window-bytes', 'frame-bytes', 'flight-size']).filter(
    ({form}) => form === 'number',
  );
  const chosen = questions(['window-bytes', 'frame-bytes', 'flight-size']).filter(
    ({form}) => form === 'choice',
  );
  expect(typed.length + chosen.length).toBeGreaterThan(0);
  for (const question of typed) {
    expect(question.wrongAnswers.length, question.id).toBeGreaterThan(1);
    for (const {value, belief} of question.wrongAnswers)
      expect(repliesTo(question, value, known), `${question.id} ${value}`).toEqual([belief]);
  }
});

test('while there is one more try, a right choice that is missing is not spoken of', () => {
  const several = questions(['options-agreed', 'dns-flags', 'cookie-readers', 'eavesdropper-reads']);
  const left = several.flatMap((question) => {
    const right = [question.answer].flat().map(String);
    return right.map((id) => ({question, given: right.filter((each) => each !== id)}));
  });
  for (const {question, given} of left)
    expect(repliesBeforeAgain(question, given, known), question.id).toEqual([]);
  expect(left.flatMap(({question, given}) => repliesTo(question, given, known)).length).toBeGreaterThan(0);
});

test('no reply ends with the right answer, which stands above it; only a state is told by its name', () => {
  const ending = [...beliefs.values()].filter(({answerMeans}) =>
    languages.some((language) => /\{right\}[.。]?$/.test(answerMeans[language])),
  );
  expect(ending.map(({rfc}) => rfc)).toEqual(['9293 §3.3.2']);
});
