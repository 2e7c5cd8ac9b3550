// Draws the page at the end of a lesson, and describes it in sentences for a screen reader.

import {mythAndFact} from '../../lesson/belief.ts';
import {type Language, worded} from '../../lesson/text.ts';
import {closingWords, closingSentences as said} from '../../words/catalogue/opening.ts';
import {playerTexts} from '../../words/catalogue/player.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {spokenSentence} from '../../words/spoken.ts';
import {muted} from '../canvas.ts';
import type {Glyphs} from '../glyphs.ts';
import {firstInSight} from '../in-sight.ts';
import type {Note} from '../note.ts';
import type {PageFrame} from '../page-frame.ts';
import {firstColumn, frameRows, noteRows, type PageRow, quizPage} from '../quiz/row.ts';
import type {Scene} from '../scene.ts';
import {putRun} from '../screen.ts';
import type {Line} from '../span.ts';
import type {ClosingChoice, ClosingPage, Mark} from './closing.ts';
import {heard, lessonHead, type Section, sectionPageRows, sectionSentences} from './sections.ts';

type ClosingLook = {readonly language: Language; readonly glyphs: Glyphs; readonly marked: number};

const signs: Readonly<Record<Mark, keyof Glyphs>> = {right: 'right', wrong: 'lost', open: 'toDo'};

const scoreOf = (right: number, of: number, language: Language, second = 0): string =>
  worded(said.score, {right, of, second: second > 0 ? second : undefined})[language];

const goalSign = (marks: readonly (readonly Mark[])[], {language, glyphs}: ClosingLook) => {
  if (marks.length === 0) return undefined;
  const right = marks.filter(([first]) => first === 'right').length;
  return {
    text: marks
      .flat()
      .map((mark) => glyphs[signs[mark]])
      .join(''),
    said: scoreOf(right, marks.length, language),
    good: right === marks.length,
  };
};

const choiceText = (
  {next, challenge, whatIfs}: ClosingPage,
  choice: ClosingChoice,
  language: Language,
): string => {
  if (typeof choice === 'number') return whatIfs[choice]?.[language] ?? '';
  if (choice === 'check') return said.questions[language];
  if (choice === 'challenge') return challenge?.title[language] ?? '';
  return next ? worded(said.next, {title: next.title, minutes: next.minutes})[language] : '';
};

/** Returns the kind of a choice, whose name is its label. */
const kindOf = ({byHand}: ClosingPage, choice: ClosingChoice): Exclude<ClosingChoice, number> | 'whatIf' => {
  if (typeof choice !== 'number') return choice;
  return byHand && choice === 0 ? 'challenge' : 'whatIf';
};

/**
 * Returns the index of the first what-if that the closing page of a lesson shows if `rows` of them fit, so that the marked one is visible.
 */
const firstWhatIf = ({choices, whatIfs}: ClosingPage, marked: number, rows: number): number => {
  const choice = choices[marked];
  return typeof choice === 'number' ? firstInSight(choice, whatIfs.length, rows) : 0;
};

/**
 * Returns the choices of a lesson's closing page as sections; at most `rows` of them are what-ifs. Of several choices of a kind, the first has
 * the label. The last what-if tells how many more there are.
 */
const choiceSections = (
  page: ClosingPage,
  {language, glyphs, marked}: ClosingLook,
  rows = Number.POSITIVE_INFINITY,
): readonly Section[] => {
  const from = firstWhatIf(page, marked, rows);
  const labelled = new Set<string>();
  return page.choices.flatMap((choice, index): readonly Section[] => {
    const own = typeof choice === 'number';
    if (own && (choice < from || choice >= from + rows)) return [];
    const kind = kindOf(page, choice);
    const label = labelled.has(kind) ? '' : closingWords[kind][language];
    labelled.add(kind);
    const left = page.whatIfs.length - from - rows;
    const more = own && left > 0 && choice === from + rows - 1;
    const text = choiceText(page, choice, language);
    return [
      {
        label,
        entries: [{text: more ? `${text}  ${glyphs.more} ${left} ${playerTexts.more[language]}` : text}],
        choice: index === marked ? 'marked' : 'free',
      },
    ];
  });
};

const lastSections = ({isLast}: ClosingPage, {language}: ClosingLook): readonly Section[] =>
  isLast === true ? [{label: closingWords.next[language], entries: [{text: said.last[language]}]}] : [];

/**
 * Tells whether the closing page may say that the learner has learnt the lesson's goals: he answered a question, and none was wrong at the
 * first try.
 */
const isLearnt = ({right, goals}: ClosingPage): boolean =>
  right > 0 && goals.every(({marks}) => marks.every(([first]) => first === 'right'));

const learntSections = (page: ClosingPage, look: ClosingLook): readonly Section[] => {
  const {language} = look;
  const named = (which: 'mended' | 'weak'): Section => ({
    label: closingWords[which][language],
    entries: page[which].flatMap((belief) => mythAndFact(belief, language).map((text) => ({text}))),
  });
  return [
    {
      label: closingWords[isLearnt(page) ? 'learnt' : 'goals'][language],
      entries: page.goals.map(({text, marks}) => ({text: text[language], sign: goalSign(marks, look)})),
    },
    named('mended'),
    named('weak'),
  ].filter(({entries}) => entries.length > 0);
};

const conditionsOf = ({asked, right, second, answered}: ClosingPage, language: Language): string => {
  if (asked === 0) return '';
  return answered === 0 ? said.unanswered[language] : scoreOf(right, answered, language, second);
};

/** The scene at the end of the run, and whether the learner made the run himself. */
type ClosingRun = {readonly scene: Scene; readonly isOwn: boolean};

export const closingScreen = (
  page: ClosingPage,
  look: ClosingLook & PageFrame & {readonly note?: Note | undefined; readonly run?: ClosingRun | undefined},
): readonly Line[] => {
  const {language, glyphs, note, run} = look;
  const body = (rows: number): readonly PageRow[] =>
    sectionPageRows(
      [...learntSections(page, look), ...lastSections(page, look), ...choiceSections(page, look, rows)],
      look,
    );
  // On the closing page, the what-ifs get the rows that the other parts leave.
  const least = Math.min(1, page.whatIfs.length);
  const rows = Math.max(1, look.rows - frameRows - noteRows - body(1).length + least);
  return quizPage(
    {
      ...lessonHead(page.id, page.title[language], conditionsOf(page, language), look.columns),
      body: body(rows),
      note,
      below:
        run &&
        ((canvas, {from, to}) => {
          canvas.put(from, firstColumn, closingWords[run.isOwn ? 'ownRun' : 'run'][language], muted);
          // The heads of three or more hosts reach the left edge of the closing page, so they begin in the row below the run's label.
          const top = run.scene.hosts.length > 2 ? from + 1 : from;
          putRun(canvas, run.scene, {glyphs, from: top, to});
        }),
    },
    look,
  );
};

/** Returns a sentence for a screen reader on each choice of a lesson's closing page. */
export const closingChoiceSentences = (page: ClosingPage, look: ClosingLook): readonly string[] =>
  sectionSentences(
    choiceSections(page, look).map((section, index) => {
      const choice = page.choices[index];
      return choice === undefined
        ? section
        : {...section, label: closingWords[kindOf(page, choice)][look.language]};
    }),
    look.language,
  );

export const closingSentences = (page: ClosingPage, look: ClosingLook): readonly string[] => {
  const {language, marked} = look;
  const conditions = conditionsOf(page, language);
  const head = [page.title[language], ...(conditions === '' ? [] : [conditions])].join(
    punctuation.comma[language],
  );
  const choices = closingChoiceSentences(page, look);
  return [
    heard(head, language),
    ...sectionSentences([...learntSections(page, look), ...lastSections(page, look)], language),
    ...choices,
    spokenSentence(worded(said.marked, {choice: choices[marked] ?? ''})[language], language),
  ];
};
