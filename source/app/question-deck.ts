// Exports quiz questions for other programs: Anki, which repeats them, and Moodle (GIFT), which asks a class.
import {ankiLines, type Deck} from '../io/export/anki.ts';
import {giftLines} from '../io/export/gift.ts';
import type {Language} from '../lesson/text.ts';
import type {Question} from '../quiz/question.ts';
import type {SheetWish} from '../quiz/sheet.ts';
import {noQuestions} from '../words/catalogue/quiz-errors.ts';
import {ended, type Written} from '../words/written.ts';
import {lessonWithSet} from './choose-run.ts';
import type {Arguments, Failure} from './command.ts';
import {cryptoFor} from './crypto-of.ts';
import {beliefsKnownTo} from './lesson-file.ts';
import {type Opened, titleOf} from './opened.ts';
import {profileOf} from './options.ts';
import type {deckFormats} from './quiz-call.ts';

const most = 30;
const usualSeed = 1;

/** Returns the run, profile and faults that all exported questions have; without a chosen run only the profile. */
const fixedIn = ({replay, runName}: Opened, args: Arguments): NonNullable<SheetWish['fixed']> => {
  const profile = profileOf(args);
  const isChosen =
    replay !== undefined && (runName !== undefined || replay.faults.length > 0 || replay.set !== undefined);
  return isChosen ? {run: replay.run, profile, faults: replay.faults} : {profile, faults: []};
};

const questionsAbout = async (opened: Opened, args: Arguments): Promise<Iterable<Question>> => {
  const {sheet} = await import('../quiz/sheet.ts');
  const {lesson, trace} = opened;
  const seed = args.value('seed') === undefined ? usualSeed : trace.header.seed;
  if (lesson) {
    const crypto = await cryptoFor([lesson]);
    const {composed, onPoint, rulesFor} = await import('../quiz/composition.ts');
    const {askedAnyhow} = await import('../quiz/lesson-topic.ts');
    const fixed = fixedIn(opened, args);
    const {replay} = opened;
    const own = await lessonWithSet(lesson, replay?.run ?? '', replay?.set);
    const lessons = askedAnyhow([own.ok ? own.value : lesson], fixed);
    const supply = sheet({lessons, seed, crypto, fixed});
    return composed(supply, most, onPoint(lessons), rulesFor(lessons)).questions;
  }
  const {questionsAbout} = await import('./asked-about.ts');
  return questionsAbout(opened, seed) ?? [];
};

export const deckPieces = (format: (typeof deckFormats)[number], deck: Deck): Iterable<Written> =>
  ended<'anki' | 'ankiHead' | 'gift'>(format === 'anki' ? ankiLines(deck) : giftLines(deck));

export const sourceDeck = async (
  opened: Opened,
  args: Arguments,
  language: Language,
): Promise<Deck | Failure> => {
  const questions: Question[] = [];
  for (const question of await questionsAbout(opened, args)) {
    questions.push(question);
    if (questions.length === most) break;
  }
  if (questions.length === 0) return {...noQuestions, exit: 2};
  const misconceptions = beliefsKnownTo(opened.lesson ? [opened.lesson] : []);
  return {language, title: titleOf(opened), questions, misconceptions};
};
