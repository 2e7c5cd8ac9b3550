// `challenge`: lists the challenges, opens one in the player, or judges the moves that are piped in.
import process from 'node:process';
import {challengeToday, freshChallenge, sharedToday} from '../app/challenge-desk.ts';
import {pipedMoves} from '../app/challenge-moves.ts';
import {challengeCalled, challengesKnown} from '../app/challenges.ts';
import type {Arguments, Command, Context, Failure, Outcome} from '../app/command.ts';
import {now, openLearner} from '../app/learner.ts';
import {openLesson} from '../app/open-lesson.ts';
import {optionalNumber} from '../app/options.ts';
import {printJson, printLine} from '../app/print.ts';
import {hasTerminal} from '../app/terminal.ts';
import {offsetAt} from '../io/progress.ts';
import {fillTemplate} from '../lesson/bind.ts';
import {generatedId, mostSeed} from '../lesson/generated-id.ts';
import {judged, missingIn} from '../lesson/judge.ts';
import type {Lesson} from '../lesson/lesson.ts';
import {moveText} from '../lesson/move-text.ts';
import type {Language} from '../lesson/text.ts';
import {sorts} from '../lesson/tracks.ts';
import {shareText} from '../tell/challenge-result.ts';
import {challengeList} from '../view/challenge-list.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {
  challengeOptions,
  howToGoOn,
  solvedWith,
  stillMissing,
  whyMissed,
} from '../words/catalogue/challenge-command.ts';
import {notSolvedToday, onlyMade, onlyToday} from '../words/catalogue/challenge-page.ts';
import {languages} from '../words/catalogue/language.ts';
import {problemOf} from '../words/problem.ts';

/** Returns the challenges that the learner has solved, by id, each with the fewest moves of a solution. */
const bestOf = (language: Language): ReadonlyMap<string, number | undefined> => {
  const {challenges} = openLearner(language).summary(offsetAt(now()));
  return new Map(
    [...challenges].flatMap(([id, {solvedMs, best}]) => (solvedMs === undefined ? [] : [[id, best]])),
  );
};

const printList = async ({json, language, ascii}: Context): Promise<Outcome> => {
  const known = await challengesKnown();
  const best = bestOf(language);
  if (json) {
    printJson(
      known.map(({id, title, sort, level, par, hints, task, lesson, pack}) => ({
        ...{id, title, sort, level, par, hints, task, lesson, pack},
        solved: best.has(id),
        best: best.get(id) ?? null,
      })),
      2,
    );
    return 0;
  }
  const mark = ascii ? '*' : '✓';
  for (const line of challengeList(known, language, {mark, solved: new Set(best.keys())})) printLine(line);
  printLine(howToGoOn[language]({id: known[0]?.id ?? ''}));
  return 0;
};

/**
 * Opens a challenge in the player. If the learner plays a host in it, it begins anew, even if its lesson has narrations of its own or was
 * left earlier.
 */
const playChallenge = async (lesson: Lesson, args: Arguments, context: Context): Promise<Outcome> => {
  const {play, playOpened} = await import('./play.ts');
  if (!lesson.challenge?.stack) return play.run(args, context);
  const opened = await openLesson(lesson, {}, undefined, []);
  return opened.ok ? playOpened(opened.value, args, context, {begins: true}) : opened.error;
};

/** Judges the piped moves of a challenge on the lesson's first run. Exit code 0: solved; 1: not solved, and what is missing is printed. */
const judge = async (lesson: Lesson, {json, language}: Context): Promise<Outcome> => {
  const {challenge} = lesson;
  if (!challenge) return 2;
  const moves = await pipedMoves(lesson, challenge);
  if (!moves.ok) return moves.error;
  const opened = await openLesson(lesson, {}, undefined, moves.value);
  if (!opened.ok) return opened.error;
  const {trace} = opened.value;
  const judgement = judged(challenge, trace, moves.value);
  const missing = missingIn(challenge, judgement, trace);
  const miss = judgement.miss === undefined ? undefined : challenge.misses[judgement.miss];
  const reason = miss && fillTemplate(miss.say, {trace, event: trace.length}).text;
  const {solved} = judgement;
  if (json) {
    const texts = {missing: missing.map(allOf), ...(reason ? {reason: allOf(reason)} : {})};
    const made = {moves: moves.value.map(moveText), code: opened.value.solving?.code ?? null};
    printJson({id: lesson.id, solved, ...made, par: challenge.par, ...texts}, 2);
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

/** Returns a text in each language of the program, without `fallback`, the list of languages in which the text is missing. */
const allOf = (text: {readonly [language: string]: unknown}): object =>
  Object.fromEntries(languages.map((language) => [language, text[language]]));

/** Prints the result of today's challenge as the learner can share it, as text or SVG; exit code 1 if the learner has not solved it. */
const share = async (form: string, {language}: Context): Promise<Outcome> => {
  const {day} = challengeToday();
  const shared = await sharedToday(openLearner(language));
  if (shared === undefined) return {...problemOf(notSolvedToday, {day}), exit: 1};
  if (form === 'svg')
    process.stdout.write((await import('../io/export/challenge-svg.ts')).challengeSvg(shared, language));
  else for (const line of shareText(shared, language).split('\n')) printLine(line);
  return 0;
};

/**
 * Returns the id of the challenge that the arguments name: by its id, by `today`, or by a kind and `--seed`; without a seed a new one of
 * this kind is chosen.
 */
const idAsked = (given: string, args: Arguments): Result<string, Failure> => {
  const sort = sorts.find((each) => each === given);
  if (sort === undefined && args.value('seed') !== undefined) return err({...onlyMade, exit: 2});
  if (sort === undefined) return ok(given === 'today' ? (challengeToday().id ?? given) : given);
  const seed = optionalNumber(args, 'seed', 0, mostSeed);
  if (!seed.ok) return seed;
  return ok(seed.value === undefined ? freshChallenge(sort) : generatedId(sort, seed.value));
};

export const challenge: Command = {
  options: [
    {name: 'seed', kind: 'value', describe: challengeOptions.seed},
    {name: 'share', kind: 'value', describe: challengeOptions.share, choices: ['text', 'svg']},
  ],
  run: async (args, context) => {
    const [given] = args.positionals;
    if (given === undefined) return printList(context);
    const form = args.value('share');
    if (form !== undefined && given !== 'today') return {...onlyToday, exit: 2};
    if (form !== undefined) return share(form, context);
    const id = idAsked(given, args);
    if (!id.ok) return id.error;
    const lesson = await challengeCalled(id.value);
    if (!lesson.ok) return lesson.error;
    if (context.json || !hasTerminal(context)) return judge(lesson.value, context);
    // The option `--seed` chooses a generated challenge; it is not passed on as the seed of its run.
    const value: Arguments['value'] = (name) => (name === 'seed' ? undefined : args.value(name));
    return playChallenge(lesson.value, {...args, value, positionals: [id.value]}, context);
  },
};
