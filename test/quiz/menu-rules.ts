// What a sheet of the menu's quiz has to keep to, counted from its questions and from the texts of the lessons: what breaks it is named.

import {lessonData} from '../../source/io/lessons.ts';
import {termFinder, termsIn} from '../../source/lesson/term-names.ts';
import {difficultyOf} from '../../source/quiz/difficulty.ts';
import {lessonsOwn, topicOf} from '../../source/quiz/lesson-topic.ts';
import {promptText} from '../../source/quiz/prompt.ts';
import type {Question} from '../../source/quiz/question.ts';
import {lessonNamed} from '../helpers/all-runs.ts';

const allTerms = [...lessonData().glossary, ...lessonData().labels];
/** Finds terms in a text of a lesson, whose track decides what some words mean. */
const termsFor = (id: string) => termFinder(termsIn(allTerms, lessonNamed(id).track));

/**
 * A term that its own question explains (`next-query-to`), one that is two plain words in it (`layer-size`), and a flag that every line
 * with data has.
 */
const explained: readonly string[] = ['stub-resolver', 'header-field', 'psh'];

/** The terms in all that the opening and the beats of a lesson print or compute with. */
const termsOf = (id: string): readonly string[] => {
  const {title, opening, beats} = lessonNamed(id);
  const cards = lessonData().cards.filter((card) =>
    beats.some((beat) => beat.kind === 'narration' && beat.card === card.id),
  );
  const myths = lessonData().misconceptions.filter((each) =>
    beats.some((beat) => beat.kind === 'narration' && beat.myth === each.id),
  );
  const text = JSON.stringify([title, opening, beats, cards, myths])
    .replaceAll('tcp.seq_raw', 'seq')
    .replaceAll('tcp.ack_raw', 'ack')
    .replaceAll('tcp.len', 'len');
  return termsFor(id)(text).map((term) => term.id);
};

const ofAuthor: readonly string[] = ['prediction', 'question'];

const printed = ({prompt, choices}: Question): string =>
  [promptText(prompt).en, ...choices.map(({text}) => text.en)].join('\n');

export const brokenMenuRules = (
  questions: readonly Question[],
  lessons: readonly string[],
): readonly string[] => {
  const broken: string[] = [];
  const taught = new Set(lessons.flatMap(termsOf));
  for (const question of questions) {
    if (!lessons.includes(question.lesson)) broken.push(`${question.id} is about ${question.lesson}`);
    if (question.form === 'number' && String(question.answer).length > 6)
      broken.push(`${question.id} is long to type`);
    if (ofAuthor.includes(question.kind)) continue;
    const {kind, evidence} = question;
    const isOfLesson = lessons.some((id) => lessonNamed(id).kinds?.includes(kind) ?? true);
    if (!isOfLesson && !lessonsOwn.includes(kind)) broken.push(`${kind} is of no lesson`);
    if (evidence.run.startsWith('what-if') && !lessonsOwn.includes(kind))
      broken.push(`${kind} asks about ${evidence.run}`);
    for (const {id} of termsFor(question.lesson)(printed(question)))
      if (!taught.has(id) && !explained.includes(id)) broken.push(`${question.kind} says ${id}`);
  }
  for (const [n, one] of questions.entries())
    for (const other of questions.slice(0, n)) {
      const isOfOneIdea =
        one.kind === other.kind &&
        one.because === other.because &&
        one.evidence.field === other.evidence.field;
      if (isOfOneIdea && !/^(prediction|question|which-is-so)$/.test(one.kind))
        broken.push(`${one.kind} twice`);
      if (printed(one) === printed(other)) broken.push(`${one.id} twice`);
    }
  const topics = new Set(lessons.map((id) => topicOf(lessonNamed(id))));
  const ofTcp = questions.filter(({topic}) => topic === 'tcp').length;
  if (topics.size > 1 && 2 * ofTcp > questions.length)
    broken.push(`${ofTcp} of ${questions.length} about TCP`);
  const levels = questions.map(difficultyOf);
  const easier = levels.filter((level, n) => level < Math.max(...levels.slice(0, n)) - 1);
  if (easier.length > 1) broken.push(`not from easy to hard: ${levels.join(' ')}`);
  return broken;
};
