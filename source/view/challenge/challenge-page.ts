// The page that begins a challenge and the page of a solved challenge, each as sections: drawn on the screen, and as sentences for a screen
// reader.
import {moveKinds} from '../../lesson/move.ts';
import {type Language, type Text, worded} from '../../lesson/text.ts';
import {kindNames} from '../../words/catalogue/alter.ts';
import {
  challengeSolvedWords as solvedSay,
  sortLabels,
  challengeTaskWords as taskSay,
} from '../../words/catalogue/challenge-page.ts';
import {closingSentences} from '../../words/catalogue/opening.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {moveKindText} from '../../words/move-kinds.ts';
import {spokenSentence} from '../../words/spoken.ts';
import {terminal} from '../../words/written.ts';
import type {Note} from '../note.ts';
import {heard, lessonHead, type Section, sectionPageRows, sectionSentences} from '../opening/sections.ts';
import type {PageFrame} from '../page-frame.ts';
import {frameRows, leastRows, noteRows, type PageRow, quizPage} from '../quiz/row.ts';
import type {ChallengeInput} from '../scene-input.ts';
import type {Line} from '../span.ts';
import {challengeScene, settingMeaning, settingText} from '../story/challenge.ts';
import type {View} from '../view.ts';

/** Holds what the pages of a challenge tell besides the run: what the learner has achieved before, and what comes next. */
export type Around = {
  /** The fewest moves of the learner's earlier solutions of this challenge; undefined if there is none. */
  readonly best: number | undefined;
  /** The number of hints that the learner has read in this challenge. */
  readonly hints: number;
  /** The date, if this challenge is the challenge of that day; otherwise undefined. */
  readonly day: string | undefined;
  /** The titles of the next challenge and of the lesson behind this one; undefined if there is none. */
  readonly next: string | undefined;
  readonly lesson: string | undefined;
};

/** The choices on the page of a solved challenge: the next challenge, the lesson, sharing the solution, or another try. */
export type SolvedChoice = 'next' | 'lesson' | 'share' | 'again';

export type Shown = {readonly view: View; readonly input: ChallengeInput; readonly around: Around};

type Look = PageFrame & {readonly language: Language; readonly note?: Note | undefined};

const texts = (...all: readonly string[]) => all.map((text) => ({text: terminal.text(text)}));

const movesText = (moves: number, language: Language): string => worded(taskSay.moves, {moves})[language];

/**
 * How long the text of a challenge's first page is: `short` leaves out the places of settings, `least` also how the learner acts. The panel
 * of the challenge tells both.
 */
type Length = 'whole' | 'short' | 'least';

/** Returns what the learner may change in a challenge, a line for each sort of change. */
const offerLines = (
  {challenge: {offer}, settable, run}: ChallengeInput,
  language: Language,
  length: Length,
): readonly string[] => {
  const setting = length === 'whole' ? settingText : settingMeaning;
  const {calls, faults, answers} = offer;
  const line = (text: string, isThere: boolean): readonly string[] => (isThere ? [text] : []);
  const kinds = faults.map((kind) => kindNames[kind]);
  return [
    ...line(worded(taskSay.calls, {calls: calls.map((call) => `${call}()`)})[language], calls.length > 0),
    ...line(worded(taskSay.faults, {faults: kinds})[language], kinds.length > 0),
    // Several rules or calls of one host mean the same without their places.
    ...new Set(settable.map((each) => setting(each, run)[language])),
    ...line(taskSay.answers[language], answers === true),
  ];
};

const ruleLines = ({challenge: {uses = {}, most}}: ChallengeInput, language: Language): readonly string[] => [
  ...moveKinds.flatMap((kind) => {
    const count = uses[kind];
    return count === undefined ? [] : [worded(taskSay.uses, {count, kind: moveKindText(kind)})[language]];
  }),
  ...(most === undefined ? [] : [worded(taskSay.most, {moves: most})[language]]),
];

/** Values for a panel's instant where none is known: the texts that these pages take from the panel are the same at every instant. */
const still = {packet: undefined, verdict: 'open', hints: 0} as const;

const goalLines = ({view, input}: Shown, language: Language): readonly string[] =>
  challengeScene(input, {...view, ...still, language}).goals.map(({text}) => text);

/** The width of the screen in columns from which a panel has room beside the ladder, so that no key is needed to see it. */
const besideColumns = 120;

/**
 * Returns how the learner acts in a challenge: in which panel, with which keys, and which key shows that panel if it has no room on the
 * screen.
 */
const howText = ({input}: Shown, columns: number): Text => {
  const packets = input.challenge.offer.faults.length > 0 ? 'packets' : '';
  return worded(input.challenge.stack ? taskSay.howByHand : taskSay.how, {
    isHidden: columns < besideColumns,
    alters: `${packets}${input.settable.length > 0 ? 'Parts' : ''}`,
  });
};

const taskSections = (
  shown: Shown,
  language: Language,
  {columns, length}: {readonly columns: number; readonly length: Length} = {columns: 0, length: 'whole'},
): readonly Section[] => {
  const {input, around} = shown;
  const {challenge} = input;
  const {best} = around;
  return [
    {label: taskSay.task[language], entries: texts(challenge.task?.[language] ?? '')},
    {label: taskSay.goal[language], entries: texts(...goalLines(shown, language))},
    {label: taskSay.offer[language], entries: texts(...offerLines(input, language, length))},
    {label: taskSay.rules[language], entries: texts(...ruleLines(input, language))},
    {label: taskSay.par[language], entries: texts(movesText(challenge.par, language))},
    {
      label: taskSay.best[language],
      entries: best === undefined ? [] : texts(movesText(best, language)),
    },
    {
      label: taskSay.howLabel[language],
      entries: length === 'least' ? [] : texts(howText(shown, columns)[language]),
    },
  ].filter(({entries}) => entries.length > 0);
};

export const solvedChoices = ({challenge, moves}: ChallengeInput): readonly SolvedChoice[] => [
  'next',
  ...(challenge.lesson === undefined ? [] : (['lesson'] as const)),
  'share',
  ...(moves.length > challenge.par ? (['again'] as const) : []),
];

const choiceText = (choice: SolvedChoice, {input, around}: Shown, language: Language): string => {
  switch (choice) {
    case 'next':
      return around.next ?? solvedSay.list[language];
    case 'lesson':
      return around.lesson ?? input.challenge.lesson ?? '';
    case 'share':
      return solvedSay.shareSays[language];
    case 'again':
      return worded(solvedSay.againSays, {par: input.challenge.par})[language];
  }
};

const solvedSections = (shown: Shown, language: Language): readonly Section[] => {
  const {view, input, around} = shown;
  const {challenge, moves} = input;
  const {hints} = around;
  const best = around.best !== undefined && around.best < moves.length ? around.best : undefined;
  const score = worded(solvedSay.score, {moves: moves.length, par: challenge.par, best, hints})[language];
  const made = challengeScene(input, {...view, ...still, language}).moves;
  return [
    {label: solvedSay.solved[language], entries: texts(score)},
    {
      label: solvedSay.yourMoves[language],
      entries: texts(...(made.length > 0 ? made : [solvedSay.none[language]])),
    },
    {label: solvedSay.learnt[language], entries: challenge.learnt ? texts(challenge.learnt[language]) : []},
  ].filter(({entries}) => entries.length > 0);
};

const choiceSections = (shown: Shown, marked: number, language: Language): readonly Section[] =>
  solvedChoices(shown.input).map((choice, index) => ({
    label: solvedSay.choices[choice][language],
    entries: texts(choiceText(choice, shown, language)),
    choice: index === marked ? 'marked' : 'free',
  }));

const headOf = (
  {view, input: {challenge}, around: {day}}: Shown,
  {language, columns}: Pick<Look, 'language' | 'columns'>,
) => {
  const {source, title} = view.input;
  const conditions = [
    sortLabels[challenge.sort][language],
    ...(day === undefined ? [] : [worded(taskSay.daily, {day})[language]]),
  ].join(' · ');
  return lessonHead(source, terminal.text(title?.[language] ?? source), conditions, columns);
};

/**
 * Returns the rows of a challenge's first page: the longest version that fits. On the smallest screens it is at least the task, at the top.
 */
const taskRows = (shown: Shown, look: Look): readonly PageRow[] => {
  const {language, columns} = look;
  const rows = look.rows - (look.note === undefined ? 0 : noteRows);
  const bodies = (['whole', 'short', 'least'] as const).map((length) =>
    sectionPageRows(taskSections(shown, language, {columns, length}), look),
  );
  const needed = (bodies.at(-1) ?? []).filter(({spare = 0}) => spare === 0);
  return bodies.find((body) => leastRows(body) <= rows) ?? needed.slice(0, Math.max(0, rows - frameRows));
};

/** Draws the page that begins a challenge. */
export const taskScreen = (shown: Shown, look: Look): readonly Line[] =>
  quizPage(
    {
      ...headOf(shown, look),
      body: taskRows(shown, look),
      note: look.note,
    },
    look,
  );

/** Draws the page of a solved challenge. */
export const solvedScreen = (shown: Shown, look: Look & {readonly marked: number}): readonly Line[] => {
  const {language, marked, note} = look;
  const sections = [...solvedSections(shown, language), ...choiceSections(shown, marked, language)];
  return quizPage({...headOf(shown, look), body: sectionPageRows(sections, look), note}, look);
};

const headSentence = (shown: Shown, language: Language): string => {
  const {title, conditions} = headOf({...shown}, {language, columns: 0});
  return heard(`${title}${punctuation.comma[language]}${conditions}`, language);
};

export const taskSentences = (shown: Shown, language: Language): readonly string[] => [
  headSentence(shown, language),
  ...sectionSentences(taskSections(shown, language), language),
];

/** Returns a sentence for each choice on the page of a solved challenge, for a screen reader. */
export const solvedChoiceSentences = (shown: Shown, language: Language): readonly string[] =>
  sectionSentences(choiceSections(shown, 0, language), language);

export const solvedSentences = (shown: Shown, marked: number, language: Language): readonly string[] => {
  const choices = solvedChoiceSentences(shown, language);
  const now = worded(closingSentences.marked, {choice: choices[marked] ?? ''})[language];
  return [
    headSentence(shown, language),
    ...sectionSentences(solvedSections(shown, language), language),
    ...choices,
    spokenSentence(now, language),
  ];
};
