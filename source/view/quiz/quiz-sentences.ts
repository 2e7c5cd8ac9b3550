// Describes a round of the quiz in sentences for a screen reader: the same as on the screen, the most important first.
import type {Language} from '../../lesson/text.ts';
import {endsOf, packetLabel} from '../../quiz/prompt.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {quizWords, resultPageWords, wayOf} from '../../words/catalogue/quiz.ts';
import {earHands} from '../../words/hands.ts';
import {entryHelp, hintText, placeWords, type QuizReference, sureWays, whySentences} from './quiz-screen.ts';
import type {QuizState} from './quiz-state.ts';
import {againSentences, replySentences} from './reply-sentences.ts';
import {resultRows} from './result-rows.ts';
import {passAt, rowLines, scoreText, stepsFrom} from './result-screen.ts';

type Ears = {readonly language: Language; readonly reference: QuizReference};

const joined = (language: Language, ...parts: readonly string[]): string =>
  parts.join(punctuation.comma[language]);

const colon = (language: Language): string => punctuation.colon[language];

const choiceSentence = (quiz: QuizState, index: number, language: Language): readonly string[] => {
  const choice = quiz.question?.choices[index];
  return choice === undefined ? [] : [`${choice.id}${colon(language)}${choice.text[language]}`];
};

const promptSentences = (quiz: QuizState, language: Language): readonly string[] =>
  quiz.question === undefined
    ? [quizWords.looking[language]]
    : quiz.question.prompt.map((line) => {
        if (!('kind' in line)) return line[language];
        if (line.kind === 'values') return line.text[language];
        const {number} = line;
        const label = packetLabel(line, earHands[language], language);
        const numbered = number === undefined ? [] : [String(number)];
        return joined(language, ...numbered, wayOf[language](endsOf(line, language)), label);
      });

const questionSentences = (quiz: QuizState, language: Language): readonly string[] => [
  joined(language, quizWords[quiz.info.mode][language], placeWords(quiz, language)),
  ...(quiz.answered.length === 0 && quiz.info.fewer ? [quiz.info.fewer[language]] : []),
  ...promptSentences(quiz, language),
  ...(quiz.question?.form === 'several' ? [quizWords.several[language]] : []),
  ...(quiz.question?.choices ?? []).flatMap((_, index) => choiceSentence(quiz, index, language)),
  ...(quiz.question ? entryHelp(quiz.question, language) : []),
];

const resultRowSentence = (
  quiz: QuizState,
  index: number,
  {language, reference}: Ears,
): readonly string[] => {
  const row = resultRows(quiz.answered)[index];
  if (row === undefined) return [];
  const times = resultPageWords.timesOf[language](row);
  const name = rowLines(row, {language, reference}).join(punctuation.space[language]);
  return [joined(language, name, times)];
};

const resultSentences = (quiz: QuizState, ears: Ears): readonly string[] => {
  const {language} = ears;
  const words = resultPageWords;
  const rows = resultRows(quiz.answered);
  const pass = quiz.info.mode === 'exam' ? [words.pass[language]({at: passAt(quiz)})] : [];
  const nothing = quiz.answered.length === 0 ? words.nothingAnswered : words.nothingWrong;
  return [
    words.result[quiz.info.mode][language],
    joined(language, scoreText(quiz)[language], ...pass),
    ...(quiz.info.fewer ? [quiz.info.fewer[language]] : []),
    ...(rows.length === 0 ? [nothing[language]] : [words.wentWrong[language]]),
    ...rows.flatMap((_, index) => resultRowSentence(quiz, index, ears)),
    ...stepsFrom(quiz, ears.reference).map(({key, text}) =>
      words.steps.spoken[language]({key, step: text[language]}),
    ),
  ];
};

const sureSentence = ({language}: Ears): string =>
  `${quizWords.howSure[language]} ${joined(language, ...sureWays(language))}`;

const replyOf = (quiz: QuizState, ears: Ears): readonly string[] => {
  const last = quiz.answered.at(-1);
  return last === undefined ? [] : replySentences(last, ears);
};

const hintSentence = ({question, hints}: QuizState, language: Language): readonly string[] =>
  question?.hints[hints - 1] ? [hintText(question, hints, language)] : [];

/** Returns what is spoken after a wrong first answer: the reply, the hint and the choices that remain. */
const againOf = (quiz: QuizState, ears: Ears): readonly string[] => {
  const {first, question} = quiz;
  if (first === undefined) return [];
  const {language} = ears;
  const choices = question?.choices ?? [];
  return [
    ...againSentences(first, ears),
    ...hintSentence(quiz, language),
    ...choices.flatMap(({id}, index) =>
      question?.form === 'choice' && id === first.given ? [] : choiceSentence(quiz, index, language),
    ),
  ];
};

export const quizSentences = (quiz: QuizState, ears: Ears): readonly string[] => {
  const {language} = ears;
  switch (quiz.phase) {
    case 'result':
      return resultSentences(quiz, ears);
    case 'reply':
      return replyOf(quiz, ears);
    case 'sure':
      return [...questionSentences(quiz, language), sureSentence(ears)];
    case 'asking':
      return quiz.first === undefined ? questionSentences(quiz, language) : againOf(quiz, ears);
  }
};

const entrySentences = (before: QuizState, after: QuizState, {language}: Ears): readonly string[] => {
  const {entry, question} = after;
  if (entry.typed !== before.entry.typed)
    return [`${quizWords.yourNumber[language]}${colon(language)}${entry.typed === '' ? '—' : entry.typed}`];
  if (entry.picked !== before.entry.picked) {
    const label = question?.form === 'order' ? quizWords.yourOrder : quizWords.yourNumber;
    return [
      `${label[language]}${colon(language)}${entry.picked.length === 0 ? '—' : entry.picked.join(' ')}`,
    ];
  }
  return entry.marked === before.entry.marked ? [] : choiceSentence(after, entry.marked ?? -1, language);
};

/** Returns sentences for a screen reader on what changed between two states of a quiz round. */
export const quizNews = (before: QuizState, after: QuizState, ears: Ears): readonly string[] => {
  const {language} = ears;
  if (before.question !== after.question && after.question !== undefined) return quizSentences(after, ears);
  if (before.phase !== after.phase)
    return after.phase === 'sure'
      ? [...entrySentences(before, after, ears), sureSentence(ears)]
      : after.question === undefined && after.phase === 'asking'
        ? []
        : quizSentences(after, ears);
  if (after.phase === 'result')
    return before.row === after.row ? [] : resultRowSentence(after, after.row, ears);
  if (after.hints > before.hints) return hintSentence(after, language);
  const last = after.answered.at(-1);
  if (after.why && !before.why && last !== undefined) return whySentences(last.question, ears);
  return entrySentences(before, after, ears);
};
