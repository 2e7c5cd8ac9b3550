// Draws the interview: the topics to choose from; a question; the points of its answer, the next question and the model answer; the result.

import {type Language, worded} from '../../lesson/text.ts';
import {interviewWords as say} from '../../words/catalogue/interview.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {whatIsDue} from '../../words/catalogue/quiz.ts';
import {trackNames} from '../../words/catalogue/tracks.ts';
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
import {
  type Asked,
  answeredOf,
  askedNow,
  type InterviewState,
  markedPoint,
  missedIn,
  shownBy,
  topicRows,
} from './interview-state.ts';

/** The rows of a page: those that stay and those that scroll; the row at the index `sight` must be visible. */
type Rows = {readonly fixed: readonly PageRow[]; readonly list: readonly PageRow[]; readonly sight: number};

type Look = PageLook;

const boxColumns = 4;

const wrapped = (text: string, look: Look, indent = 0): readonly string[] =>
  wrap(plainText(text, look.glyphs), textColumns(look.columns, look.language) - indent);

const mark = (isMarked: boolean, {glyphs}: Look): PageRow['pieces'] =>
  isMarked ? [markPiece(glyphs, {role: 'accent', bold: true})] : [];

export const topicName = (topic: InterviewState['topic'], language: Language): string =>
  (topic === undefined ? say.mixed : topic === 'due' ? whatIsDue : trackNames[topic])[language];

const topicList = (state: InterviewState, look: Look): Rows => {
  const {language} = look;
  const rows = topicRows(state);
  const missedOf = (topic: InterviewState['topic']): number =>
    state.all.filter(({id, topic: own}) => own === topic && (state.missed.get(id)?.length ?? 0) > 0).length;
  const width = Math.max(...rows.map(({topic}) => textWidth(topicName(topic, language))));
  const list = rows.map(({topic, count}, index): PageRow => {
    const isMarked = index === state.row;
    const missed = topic === undefined ? 0 : missedOf(topic);
    const rest = [
      worded(say.questions, {count})[language],
      ...(missed > 0 ? [worded(say.open, {count: missed})[language]] : []),
    ];
    return {
      pieces: [
        ...mark(isMarked, look),
        {
          column: firstColumn,
          text: topicName(topic, language),
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

const pointRows = (state: InterviewState, {question, ticked}: Asked, look: Look): readonly PageRow[][] => {
  const {language} = look;
  const missed = state.missed.get(question.id) ?? [];
  return question.points.map(({id, text, proof}, index) => {
    const isMarked = index === state.row;
    const box = ticked.includes(id) ? '[x]' : '[ ]';
    const said = [
      text[language],
      ...(proof === undefined ? [say.noRun[language]] : []),
      ...(missed.includes(id) ? [say.missedLast[language]] : []),
    ].join(punctuation.space[language]);
    return wrapped(said, look, boxColumns).map((line, place) => ({
      pieces: [
        ...(place === 0
          ? [...mark(isMarked, look), {column: firstColumn, text: box, style: isMarked ? strong : plain}]
          : []),
        {column: firstColumn + boxColumns, text: line, style: isMarked ? strong : plain},
      ],
    }));
  });
};

/**
 * Returns the rows of a question's points or, in their place, of its model answer; if there is room, both, with the next question between
 * them.
 */
const pointsRows = (state: InterviewState, asked: Asked, look: Look): Rows => {
  const {language} = look;
  const {question} = asked;
  const points = pointRows(state, asked, look);
  const next = question.next.flatMap((text) =>
    wrapped(worded(say.goOn, {question: text})[language], look).map((line) => row(line, muted)),
  );
  const answer = [
    row(say.answer[language], muted),
    ...wrapped(question.answer[language], look).map((line) => row(line)),
  ];
  const above = points.flat();
  const beside = state.answer === 'folded' ? [] : [{pieces: []}, ...answer];
  const list = [...above, ...(next.length > 0 ? [{pieces: []}, ...next] : []), ...beside];
  const sight = state.answer === 'read' ? list.length - 1 : points.slice(0, state.row).flat().length;
  return {fixed: questionRows(asked, look), list, sight};
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
  if (state.phase === 'topics' || asked === undefined) return topicList(state, look);
  return (state.phase === 'asking' ? askingRows : pointsRows)(state, asked, look);
};

const underOf = (state: InterviewState, {language}: Look): string | undefined => {
  const point = markedPoint(state);
  return point && shownBy(state, point)[language];
};

export const interviewScreen = (state: InterviewState, look: Look): readonly Line[] => {
  const {language, note, glyphs} = look;
  const rows = rowsOf(state, look);
  const under = underOf(state, look);
  const room = look.rows - frameRows - noteRows - rows.fixed.length;
  const place =
    state.phase === 'asking' || state.phase === 'points'
      ? worded(say.place, {number: state.at + 1, count: state.asked.length})[language]
      : '';
  const beside = state.phase === 'topics' ? '' : topicName(state.topic, language);
  const shown = inSight(rows.list, {
    ...{sight: rows.sight, room: Math.max(1, room)},
    more: (sign, count) => `${glyphs[sign]} ${worded(say.more, {count})[language]}`,
  });
  const body = [...rows.fixed, ...shown];
  const empty = Math.max(0, look.rows - frameRows - 1 - body.length);
  const foot =
    note || under === undefined
      ? []
      : [...Array.from({length: empty}, (): PageRow => ({pieces: []})), row(under, muted)];
  return quizPage(
    {
      title: say.title[language],
      beside: plainText(beside, glyphs),
      conditions: place,
      body: [...body, ...foot],
      note,
    },
    look,
  );
};
