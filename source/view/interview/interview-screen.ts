// Draws the interview: the page of choices; the questions to read, and one with its answer; a question that is asked; the points of its
// answer, the next question and the model answer; the result.

import {mythAndFact} from '../../lesson/belief.ts';
import {type InterviewQuestion, lessonOf} from '../../lesson/interview.ts';
import {sameIn, type Text, worded} from '../../lesson/text.ts';
import {interviewWords as say} from '../../words/catalogue/interview.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {whatIsDue} from '../../words/catalogue/quiz.ts';
import {trackNames} from '../../words/catalogue/tracks.ts';
import {lengthOfRound} from '../../words/quiz.ts';
import {textWidth, wrap} from '../../words/width.ts';
import {muted, plain, strong} from '../canvas.ts';
import {fitText, plainText} from '../glyphs.ts';
import type {PageLook} from '../list-page.ts';
import {
  blankRow,
  firstColumn,
  frameRows,
  inSight,
  markPiece,
  noteRows,
  type PageRow,
  quizPage,
  row,
  textColumns,
} from '../quiz/row.ts';
import type {Line} from '../span.ts';
import {type Choice, minutesOf} from './interview-draw.ts';
import {
  type Asked,
  answeredOf,
  askedNow,
  type InterviewState,
  isTimed,
  markedPoint,
  missedIn,
  offered,
  offeredCount,
  questionNow,
  shownBy,
} from './interview-state.ts';
import {spokenSeconds} from './interview-text.ts';

/**
 * The rows of an interview page: `fixed` stays in place, and `list` scrolls so that its row at the index `sight` is visible. If `isLow`,
 * that row is the last but one, so that moving down shows every row of a long answer above it.
 */
type Rows = {
  readonly fixed: readonly PageRow[];
  readonly list: readonly PageRow[];
  readonly sight: number;
  readonly isLow?: boolean;
};

type Look = PageLook;

const boxColumns = 4;

const wrapped = (text: string, look: Look, indent = 0): readonly string[] =>
  wrap(plainText(text, look.glyphs), textColumns(look.columns, look.language) - indent);

const mark = (isMarked: boolean, {glyphs}: Look): PageRow['pieces'] =>
  isMarked ? [markPiece(glyphs, {role: 'accent', bold: true})] : [];

/** Returns the name of a choice on the interview's first page, or of the subject of a session. */
export const choiceName = (choice: Choice | {readonly kind: 'read'}): Text => {
  switch (choice.kind) {
    case 'set':
      return say.sets[choice.set].name;
    case 'topic':
      return trackNames[choice.topic];
    case 'words':
      return sameIn(choice.words.join(' '));
    case 'due':
      return whatIsDue;
    default:
      return say.choices[choice.kind];
  }
};

/** Returns a text on how many questions a choice on the interview's first page asks and, for a set, in how many minutes. */
export const choiceSize = (state: InterviewState, choice: ReturnType<typeof offered>[number]): Text => {
  const count = offeredCount(state, choice);
  const minutes = choice.kind === 'set' ? minutesOf({from: choice}) : 0;
  if (choice.kind === 'mix') return worded(say.someOf, {count, all: state.all.length});
  return minutes > 0 ? worded(say.inMinutes, {count, minutes}) : worded(say.questions, {count});
};

/**
 * Returns the sentence that explains the marked choice on the interview's first page; undefined for topics, whose names say enough, and on
 * other pages.
 */
export const choiceSentence = (state: InterviewState): Text | undefined => {
  const choice = state.phase === 'topics' ? offered(state)[state.row] : undefined;
  if (choice?.kind === 'set') return say.sets[choice.set].about;
  return choice?.kind === 'read' || choice?.kind === 'mix' ? say.about[choice.kind] : undefined;
};

const topicList = (state: InterviewState, look: Look): Rows => {
  const {language} = look;
  const choices = offered(state);
  const missedOf = (topic: InterviewQuestion['topic']): number =>
    state.all.filter(({id, topic: own}) => own === topic && (state.missed.get(id)?.length ?? 0) > 0).length;
  const width = Math.max(...choices.map((choice) => textWidth(choiceName(choice)[language])));
  const list = choices.map((choice, index): PageRow => {
    const isMarked = index === state.row;
    const missed = choice.kind === 'topic' ? missedOf(choice.topic) : 0;
    const rest = [
      choiceSize(state, choice)[language],
      ...(missed > 0 ? [worded(say.open, {count: missed})[language]] : []),
    ];
    return {
      pieces: [
        ...mark(isMarked, look),
        {
          column: firstColumn,
          text: choiceName(choice)[language],
          style: isMarked ? strong : plain,
        },
        {column: firstColumn + width + 3, text: rest.join(' · '), style: muted},
      ],
    };
  });
  return {
    fixed: [...wrapped(say.intro[language], look).map((text) => row(text)), blankRow],
    list,
    sight: state.row,
  };
};

const readList = (state: InterviewState, look: Look): Rows => {
  const list = state.asked.map(({question}, index): PageRow => {
    const isMarked = index === state.row;
    const room = look.columns - firstColumn - 1;
    const text = fitText(question.ask[look.language], room, look.glyphs);
    return {
      pieces: [...mark(isMarked, look), {column: firstColumn, text, style: isMarked ? strong : plain}],
    };
  });
  return {fixed: [], list, sight: state.row};
};

const questionRows = ({question}: Asked, look: Look): readonly PageRow[] => [
  ...wrapped(question.ask[look.language], look).map((text) => row(text, strong)),
  {pieces: []},
];

const askingRows = (state: InterviewState, asked: Asked, look: Look): Rows => {
  const {language} = look;
  const last = state.missed.get(asked.question.id)?.length;
  const all = asked.question.points.length;
  const lastTime = last === undefined ? undefined : worded(say.lastTime, {said: all - last, all})[language];
  const list = [say.aloud[language], ...(lastTime === undefined ? [] : [lastTime])].flatMap((text) => [
    ...wrapped(text, look).map((line) => row(line, muted)),
    {pieces: []},
  ]);
  return {fixed: questionRows(asked, look), list, sight: 0};
};

const answerRows = ({answer}: InterviewQuestion, look: Look): readonly PageRow[] => {
  const {language} = look;
  const text = answer[language];
  return [
    row(worded(say.answer, {seconds: spokenSeconds(text)})[language], muted),
    ...wrapped(text, look).map((line) => row(line)),
  ];
};

/**
 * Returns an empty row and the rows on the misconception that the answer to an interview question contradicts; no rows if there is no such
 * misconception.
 */
const beliefRows = (
  {beliefs}: InterviewState,
  {belief: id}: InterviewQuestion,
  look: Look,
): readonly PageRow[] => {
  const found = id === undefined ? undefined : beliefs.get(id);
  if (found === undefined) return [];
  const [myth, fact] = mythAndFact(found, look.language);
  return [
    {pieces: []},
    ...wrapped(myth, look).map((line) => row(line, muted)),
    ...wrapped(fact, look).map((line) => row(line)),
  ];
};

/**
 * Returns the sign before a point of an interview question's answer: a box, ticked or not, while the question is asked, a dot while it is
 * read.
 */
const pointSign = (state: InterviewState, {ticked}: Asked, id: string, {glyphs}: Look): string => {
  if (state.phase === 'reading') return glyphs.beat;
  return ticked.includes(id) ? '[x]' : '[ ]';
};

const pointRows = (state: InterviewState, asked: Asked, look: Look): readonly PageRow[][] => {
  const {language} = look;
  const {question} = asked;
  const missed = state.missed.get(question.id) ?? [];
  const marked = markedPoint(state);
  return question.points.map((point) => {
    const isMarked = point === marked;
    const style = isMarked ? strong : plain;
    const sign = pointSign(state, asked, point.id, look);
    const column = firstColumn + textWidth(sign) + 1;
    const said = [
      point.text[language],
      ...(point.proof === undefined ? [say.noRun[language]] : []),
      ...(missed.includes(point.id) ? [say.missedLast[language]] : []),
    ].join(punctuation.space[language]);
    return wrapped(said, look, boxColumns).map((line, place) => ({
      pieces: [
        ...(place === 0 ? [...mark(isMarked, look), {column: firstColumn, text: sign, style}] : []),
        {column, text: line, style},
      ],
    }));
  });
};

/**
 * Returns the rows on an interview question: the model answer and the misconception if the answer is open, then the answer's points, then
 * the questions that may follow.
 */
const pointsRows = (state: InterviewState, asked: Asked, look: Look): Rows => {
  const {language} = look;
  const {question} = asked;
  const isOpen = state.phase === 'reading' || state.answer !== 'folded';
  const answer = isOpen
    ? [...answerRows(question, look), ...beliefRows(state, question, look), {pieces: []}]
    : [];
  const points = pointRows(state, asked, look);
  const next = question.next.flatMap((text) =>
    wrapped(worded(say.goOn, {question: text})[language], look).map((line) => row(line, muted)),
  );
  const list = [...answer, ...points.flat(), {pieces: []}, ...next];
  const marked = markedPoint(state);
  const at = marked === undefined ? -1 : question.points.indexOf(marked);
  const isTop = at < 0 || state.answer === 'read';
  const last = answer.length + points.slice(0, at + 1).flat().length - 1;
  return {fixed: questionRows(asked, look), list, ...(isTop ? {sight: 0} : {sight: last, isLow: isOpen})};
};

const resultRows = (state: InterviewState, look: Look): Rows => {
  const {language} = look;
  const answered = answeredOf(state);
  const blocks = answered.map((asked, index): readonly PageRow[] => {
    const {question} = asked;
    const isMarked = index === state.row;
    const missed = missedIn(asked);
    const all = question.points.length;
    const score = worded(say.score, {said: all - missed.length, all})[language];
    const column = firstColumn + textWidth(score) + 2;
    const room = look.columns - column - 1;
    const title = fitText(question.ask[language], room, look.glyphs);
    const lines = isMarked ? missed.flatMap(({text}) => wrapped(text[language], look, boxColumns)) : [];
    return [
      {
        pieces: [
          ...mark(isMarked, look),
          {column: firstColumn, text: score, style: isMarked ? strong : plain},
          {column, text: title, style: isMarked ? strong : plain},
        ],
      },
      ...lines.map((line): PageRow => row(line, muted, firstColumn + boxColumns)),
    ];
  });
  const sight = blocks.slice(0, state.row).flat().length;
  const whole = answered.length === 0 ? [] : [row(say.resultIntro[language], muted), {pieces: []}];
  return {fixed: whole, list: blocks.flat(), sight};
};

const rowsOf = (state: InterviewState, look: Look): Rows => {
  const asked = askedNow(state);
  if (state.phase === 'result') return resultRows(state, look);
  if (state.phase === 'list') return readList(state, look);
  if (state.phase === 'topics' || asked === undefined) return topicList(state, look);
  return (state.phase === 'asking' ? askingRows : pointsRows)(state, asked, look);
};

/**
 * Returns a text that tells which lesson the key `l` opens for an interview question and, if the question has a misconception, which key
 * opens the run that contradicts it; undefined without a lesson.
 */
export const leadsTo = (state: InterviewState): Text | undefined => {
  const question = questionNow(state);
  const lesson = question && lessonOf(question);
  if (lesson === undefined) return undefined;
  const title = state.titles.get(lesson) ?? lesson;
  return worded(question?.belief === undefined ? say.leads : say.leadsAndBelief, {lesson: title});
};

const underOf = (state: InterviewState): Text | undefined => {
  const point = markedPoint(state);
  if (point !== undefined) return shownBy(state, point);
  return state.phase === 'topics'
    ? choiceSentence(state)
    : state.phase === 'asking'
      ? undefined
      : leadsTo(state);
};

/** Returns a text on the time that is left in the interview, or by how much it is exceeded; undefined while no clock runs. */
export const timeWords = (state: InterviewState): Text | undefined => {
  const {clock} = state;
  if (clock === undefined || !isTimed(state)) return undefined;
  const leftMs = clock.limitMs - clock.spentMs;
  return worded(leftMs >= 0 ? say.timeLeft : say.timeOver, {time: lengthOfRound(Math.abs(leftMs))});
};

const conditionsOf = (state: InterviewState, {language}: Look): string => {
  const {phase, at, asked} = state;
  if (phase !== 'asking' && phase !== 'points' && phase !== 'reading') return '';
  const place = worded(say.place, {number: at + 1, count: asked.length});
  return [place, timeWords(state)].flatMap((text) => text?.[language] ?? []).join(' · ');
};

export const interviewScreen = (state: InterviewState, look: Look): readonly Line[] => {
  const {language, note, glyphs} = look;
  const rows = rowsOf(state, look);
  const under = wrapped(underOf(state)?.[language] ?? '', look).filter(Boolean);
  const footRows = Math.max(noteRows, under.length + 1);
  const room = Math.max(1, look.rows - frameRows - footRows - rows.fixed.length);
  const beside = state.from === undefined ? '' : choiceName(state.from)[language];
  const shown = inSight(rows.list, {
    ...{sight: rows.isLow ? Math.max(0, rows.sight + 2 - room) + Math.floor(room / 2) : rows.sight, room},
    more: (sign, count) => `${glyphs[sign]} ${worded(say.more, {count})[language]}`,
  });
  const body = [...rows.fixed, ...shown];
  const empty = Math.max(0, look.rows - frameRows - under.length - body.length);
  const foot =
    note || under.length === 0
      ? []
      : [
          ...Array.from({length: empty}, (): PageRow => ({pieces: []})),
          ...under.map((line) => row(line, muted)),
        ];
  return quizPage(
    {
      title: say.title[language],
      beside: plainText(beside, glyphs),
      conditions: conditionsOf(state, look),
      body: [...body, ...foot],
      note,
    },
    look,
  );
};
