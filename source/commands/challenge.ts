// `challenge`: lists the challenges, opens one in the player, or judges the moves that are piped in.
import {pipedMoves} from '../app/challenge-moves.ts';
import {challengeCalled, challengesKnown} from '../app/challenges.ts';
import type {Command, Context, Outcome} from '../app/command.ts';
import {openLesson} from '../app/open-lesson.ts';
import {printJson, printLine} from '../app/print.ts';
import {hasTerminal} from '../app/terminal.ts';
import {fillTemplate} from '../lesson/bind.ts';
import {judged, missingIn} from '../lesson/judge.ts';
import type {Lesson} from '../lesson/lesson.ts';
import {moveText} from '../lesson/move-text.ts';
import {challengeList} from '../view/challenge-list.ts';
import {
  challengeOptions,
  howToGoOn,
  solvedWith,
  stillMissing,
  whyMissed,
} from '../words/catalogue/challenge-command.ts';
import {languages} from '../words/catalogue/language.ts';

const printList = async ({json, language, ascii}: Context): Promise<Outcome> => {
  const known = await challengesKnown();
  if (json) {
    printJson(
      known.map(({id, title, sort, level, par, hints, task, lesson, pack}) => ({
        ...{id, title, sort, level, par, hints, task, lesson, pack},
        solved: false,
      })),
      2,
    );
    return 0;
  }
  const mark = ascii ? '*' : '✓';
  for (const line of challengeList(known, language, {mark, solved: new Set()})) printLine(line);
  printLine(howToGoOn[language]({id: known[0]?.id ?? ''}));
  return 0;
};

/** Judges the piped moves on the lesson's first run: 0 solved, 1 something is missing, which is printed. */
const judge = async (lesson: Lesson, {json, language}: Context): Promise<Outcome> => {
  const {challenge} = lesson;
  if (!challenge) return 2;
  const moves = await pipedMoves(lesson, challenge);
  if (!moves.ok) return moves.error;
  const opened = await openLesson(lesson, {}, undefined, moves.value);
  if (!opened.ok) return opened.error;
  const {trace} = opened.value;
  const judgement = judged(challenge, trace, moves.value);
  const missing = missingIn(challenge, judgement);
  const miss = judgement.miss === undefined ? undefined : challenge.misses[judgement.miss];
  const reason = miss && fillTemplate(miss.say, {trace, event: trace.length}).text;
  const {solved} = judgement;
  if (json) {
    const texts = {missing: missing.map(allOf), ...(reason ? {reason: allOf(reason)} : {})};
    printJson({id: lesson.id, solved, moves: moves.value.map(moveText), par: challenge.par, ...texts}, 2);
    return solved ? 0 : 1;
  }
  if (solved) {
    printLine(solvedWith[language]({moves: moves.value.length, par: challenge.par}));
    if (challenge.learnt) printLine(challenge.learnt[language]);
    return 0;
  }
  printLine(stillMissing[language]);
  for (const each of missing) printLine(`  ${each[language]}`);
  if (reason) printLine(whyMissed[language]({reason: reason[language]}));
  return 1;
};

/** Returns a text in each language of the program, without the notes on what stands in for what. */
const allOf = (text: {readonly [language: string]: unknown}): object =>
  Object.fromEntries(languages.map((language) => [language, text[language]]));

export const challenge: Command = {
  options: [{name: 'seed', kind: 'value', describe: challengeOptions.seed}],
  run: async (args, context) => {
    const [given] = args.positionals;
    if (given === undefined) return printList(context);
    const lesson = await challengeCalled(given);
    if (!lesson.ok) return lesson.error;
    if (context.json || !hasTerminal(context)) return judge(lesson.value, context);
    return (await import('./play.ts')).play.run(args, context);
  },
};
