// Writes quiz questions as a paper to print, or as a deck for another program.
import {paperHtml, paperLines} from '../io/export/paper.ts';
import type {Lesson} from '../lesson/lesson.ts';
import {sameIn, type Text, worded} from '../lesson/text.ts';
import {tracks} from '../lesson/tracks.ts';
import {asciiGlyphs, unicodeGlyphs} from '../view/glyphs.ts';
import {paperOf} from '../view/quiz/paper.ts';
import {inEvery} from '../words/catalogue/language.ts';
import {paperWords} from '../words/catalogue/paper.ts';
import {punctuation} from '../words/catalogue/punctuation.ts';
import {trackNames} from '../words/catalogue/tracks.ts';
import {ended, type Written} from '../words/written.ts';
import type {Arguments, Context} from './command.ts';
import {beliefsKnownTo} from './lesson-file.ts';
import {quizReference} from './listed-round.ts';
import {known} from './options.ts';
import {deckPieces} from './question-deck.ts';
import {deckFormats} from './quiz-call.ts';
import {titleOf} from './quiz-round.ts';
import type {QuizSheet} from './quiz-sheet.ts';

/** Returns the heading of a quiz paper, which names tracks and lessons by their titles. */
const headingIn = (args: Arguments, lessons: readonly Lesson[]): Text => {
  if (args.value('source') !== undefined || args.positionals.length === 0) return titleIn(args);
  const names = args.positionals.map(
    (name) =>
      trackCalled(name) ??
      lessons.find(({id, openedFrom}) => name === (openedFrom ?? id))?.title ??
      sameIn(name),
  );
  return inEvery((language) => names.map((name) => name[language]).join(punctuation.listComma[language]));
};

const trackCalled = (name: string): Text | undefined => {
  const track = tracks.find((each) => each === name);
  return track && trackNames[track];
};

const titleIn = (args: Arguments): Text => {
  const source = args.value('source');
  return titleOf(source === undefined ? args.positionals : [source]);
};

export const paperPieces = (sheet: QuizSheet, args: Arguments, context: Context): Iterable<Written> => {
  const {language, ascii} = context;
  const {questions, seed, lessons} = sheet;
  const head = {
    title: headingIn(args, lessons)[language],
    conditions: worded(paperWords.conditions, {count: questions.length, seed})[language],
    questions,
  };
  const look = {language, glyphs: ascii ? asciiGlyphs : unicodeGlyphs, withKey: args.flag('key')};
  const paper = paperOf(head, {...look, reference: quizReference(lessons)});
  return args.value('sheet') === 'md' ? ended(paperLines(paper)) : [paperHtml(paper)];
};

export const sheetDeckPieces = (
  {questions, lessons}: QuizSheet,
  args: Arguments,
  {language}: Context,
): Iterable<Written> => {
  const format = known(deckFormats, args.value('format')) ?? 'gift';
  return deckPieces(format, {
    language,
    title: titleIn(args),
    questions,
    misconceptions: beliefsKnownTo(lessons),
  });
};
