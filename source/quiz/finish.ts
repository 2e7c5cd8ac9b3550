// Makes a finished question of a draft: shuffles choices that differ in value and words, and gives the question an id for its place.

import {fileName} from '../lesson/file-name.ts';
import {hash32} from '../lesson/hash.ts';
import type {Run} from '../lesson/lesson.ts';
import type {Text} from '../lesson/text.ts';
import {given} from '../sim/given.ts';
import {formatSetting} from '../sim/setting.ts';
import {languages} from '../words/catalogue/language.ts';
import {type Draft, noneOfThese, type Option} from './draft.ts';
import {type Draw, drawFrom} from './draw.ts';
import {canonical} from './equivalent.ts';
import {type QuestionKind, topicOf} from './kinds.ts';
import {exchangesIn} from './pictured.ts';
import type {Evidence, Question, QuizChoice, WrongAnswer} from './question.ts';
import type {Asked} from './variant.ts';

const mostChoices = {choice: 4, several: 6, order: 5} as const;
const leastChoices = 2;

const idOf = (kind: QuestionKind, place: string): string => {
  const key = `${kind} ${place}`;
  const digits = [hash32(key), hash32(`${key} again`)].map((part) => part.toString(16).padStart(8, '0'));
  return `${kind}-${digits.join('').slice(0, 12)}`;
};

/**
 * Returns the question as one about a single connection of a capture. Its packets are numbered within the connection, so its id and its
 * evidence need the connection's number.
 */
export const withinConnection = (question: Question, connection: number): Question => ({
  ...question,
  id: idOf(question.kind, `${question.id} ${connection}`),
  evidence: {...question.evidence, connection},
});

const setIn = ({set = []}: Run): readonly string[] => set.map(formatSetting);

/** Returns the id of a question: equal for the same place of the same run in any sheet, and for the same capture in any folder. */
export const placeId = (kind: QuestionKind, {variant, faults}: Asked, place: number): string => {
  const {lesson, run, seed, profile} = variant;
  return idOf(
    kind,
    [fileName(lesson.id), run.name, seed, profile, ...faults, ...setIn(run), place].join(' '),
  );
};

const wordsIn = (text: Text): readonly string[] => languages.map((language) => text[language]);

/** Returns the choices that differ from each other and from `taken` in value and in words, in every language. */
const different = (options: readonly Option[], taken: readonly Option[]): readonly Option[] => {
  const values = new Set(taken.map(({value}) => canonical(value)));
  const words = new Set(taken.flatMap(({text}) => wordsIn(text)));
  return options.filter(({value, text}) => {
    const [key, own] = [canonical(value), wordsIn(text)];
    if (values.has(key) || own.some((each) => words.has(each))) return false;
    values.add(key);
    for (const each of own) words.add(each);
    return true;
  });
};

/** Chooses the wrong choices of a question at random, those that stand for a misconception before others. */
const chosen = (wrong: readonly Option[], room: number, draw: Draw): readonly Option[] => {
  const [named, plain] = [true, false].map((is) =>
    draw.shuffled(
      `distractors ${is}`,
      wrong.filter(({misconception}) => (misconception !== undefined) === is),
    ),
  );
  return [...(named ?? []), ...(plain ?? [])].slice(0, room);
};

const lettered = (options: readonly Option[]): readonly QuizChoice[] =>
  options.map((option, index) => ({id: String.fromCharCode('a'.charCodeAt(0) + index), ...option}));

type Answered = Pick<Question, 'choices' | 'answer' | 'wrongAnswers'>;

const idsOf = (choices: readonly QuizChoice[], options: readonly Option[]): readonly string[] =>
  options.flatMap(({value}) => choices.find((choice) => choice.value === value)?.id ?? []);

const otherNumbers = (wrong: readonly WrongAnswer[], right: number): readonly WrongAnswer[] =>
  wrong.filter(
    ({value}, index) => value !== right && wrong.findIndex((each) => each.value === value) === index,
  );

/** Returns the shuffled choices, but never in the right order if they are to be put in order, and with "none of these" last. */
const mixed = ({form, right}: Draft, options: readonly Option[]): readonly Option[] => {
  const isInOrder = form === 'order' && options.every((each, index) => each === right[index]);
  if (isInOrder) return [...options.slice(1), ...options.slice(0, 1)];
  const isNone = ({value}: Option): boolean => form === 'several' && value === noneOfThese;
  return [...options.filter((each) => !isNone(each)), ...options.filter(isNone)];
};

const answered = (draft: Draft, draw: Draw): Answered | undefined => {
  if (draft.form === 'number' || draft.form === 'packet') {
    const {right, wrong} = draft;
    return {choices: [], answer: right, wrongAnswers: otherNumbers(wrong, right)};
  }
  const right = draft.form === 'choice' ? [draft.right] : draft.right;
  const wrong = different(draft.wrong, right);
  const room = mostChoices[draft.form] - right.length;
  const all = [...right, ...chosen(wrong, room, draw)];
  if (all.length < leastChoices || different(right, []).length < right.length) return undefined;
  const choices = lettered(mixed(draft, draw.shuffled('choices', all)));
  const ids = idsOf(choices, right);
  if (draft.form === 'order') return {choices, answer: ids, wrongAnswers: []};
  if (draft.form === 'several') return {choices, answer: ids.toSorted(), wrongAnswers: []};
  return {choices, answer: ids[0] ?? '', wrongAnswers: []};
};

const evidenceOf = (draft: Draft, asked: Asked): Evidence => {
  const {variant, faults, trace} = draft.of ?? asked;
  const {lesson, run, seed} = variant;
  const {profile} = trace.header;
  const set = setIn(run);
  return {
    ...{source: lesson.openedFrom ?? lesson.id, seed, run: run.name, profile, faults},
    ...(set.length > 0 ? {set} : {}),
    ...draft.evidence,
  };
};

const touchesOf = ({choices, wrongAnswers}: Answered): readonly string[] => [
  ...new Set([...choices, ...wrongAnswers].flatMap(({misconception}) => misconception ?? [])),
];

/** Makes a finished question of a draft; undefined if too few different choices are left. */
export const finish = (
  kind: QuestionKind,
  draft: Draft,
  asked: Asked,
  place: number,
): Question | undefined => {
  const id = placeId(kind, asked, place);
  const answer = answered(draft, drawFrom(id));
  if (!answer) return undefined;
  const lesson = asked.variant.lesson.id;
  const {
    form,
    prompt,
    givens,
    secrets,
    tells = [],
    hints,
    explain,
    because,
    countsFrom,
    n,
    topic = topicOf(kind),
  } = draft;
  const told = [...tells, ...exchangesIn(prompt)];
  return {
    ...{id, lesson, kind, topic, form, prompt, ...answer, hints},
    explain: typeof explain === 'function' ? explain(answer.choices) : explain,
    ...given({because, countsFrom, givens, secrets, tells: told.length === 0 ? undefined : told}),
    skill: `${lesson}/${kind}`,
    touches: touchesOf(answer),
    place: {n},
    evidence: evidenceOf(draft, asked),
  };
};
