// `interview`: shows open questions in a terminal; elsewhere it prints them as text or as JSON.
import type {Arguments, Command, Failure} from '../app/command.ts';
import {optionalNumber} from '../app/options.ts';
import {printJson, printText} from '../app/print.ts';
import {hasTerminal} from '../app/terminal.ts';
import {interviewQuestions} from '../io/lessons.ts';
import {isInterviewSet, setNames} from '../lesson/interview.ts';
import {sameIn} from '../lesson/text.ts';
import {tracks} from '../lesson/tracks.ts';
import {type Choice, type Draw, drawn, unknownWords} from '../view/interview/interview-draw.ts';
import {interviewLines} from '../view/interview/interview-text.ts';
import {isTooLong, lengthOf, mostCharacters} from '../view/search/query-length.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {interviewSentences} from '../words/catalogue/cli.ts';
import {noTopic} from '../words/catalogue/interview.ts';
import {queryTooLong} from '../words/catalogue/search.ts';
import {problemOf} from '../words/problem.ts';

/** The largest number of minutes that `interview` accepts, the same as for an exam. */
const mostMinutes = 600;

/** Returns the subject that the arguments of `interview` name: a topic, a set, `mix`, `all`, or words that the questions contain. */
const choiceOf = (words: readonly string[]): Result<Choice, Failure> => {
  const [name = 'all', ...more] = words;
  const topic = tracks.find((track) => track === name);
  if (more.length === 0) {
    if (topic !== undefined) return ok({kind: 'topic', topic});
    if (isInterviewSet(name)) return ok({kind: 'set', set: name});
    if (name === 'mix' || name === 'all') return ok({kind: name});
  }
  const typed = words.join(' ');
  if (isTooLong(typed))
    return err({...problemOf(queryTooLong, {count: lengthOf(typed), most: mostCharacters}), exit: 2});
  const unknown = unknownWords(interviewQuestions(), words);
  if (unknown.length === 0) return ok({kind: 'words', words});
  const near = unknown.flatMap((each) => each.near ?? [])[0];
  const given = unknown.map(({word}) => sameIn(word));
  return err({
    ...problemOf(noTopic, {
      words: given,
      near,
      topics: tracks.map((each) => sameIn(each)),
      sets: setNames.map((each) => sameIn(each)),
    }),
    exit: 2,
  });
};

/**
 * Returns which interview questions to draw; undefined if the arguments name no subject, seed, count or time, so that the learner chooses.
 */
const drawOf = (args: Arguments): Result<Draw | undefined, Failure> => {
  const seed = optionalNumber(args, 'seed', 0, Number.MAX_SAFE_INTEGER);
  if (!seed.ok) return seed;
  const count = optionalNumber(args, 'count', 1, 1000);
  if (!count.ok) return count;
  const minutes = optionalNumber(args, 'minutes', 0, mostMinutes);
  if (!minutes.ok) return minutes;
  const given = {seed: seed.value, count: count.value, minutes: minutes.value};
  if (args.positionals.length === 0 && Object.values(given).every((each) => each === undefined))
    return ok(undefined);
  const from = choiceOf(args.positionals);
  return from.ok ? ok({from: from.value, ...given}) : from;
};

export const interview: Command = {
  options: [
    {name: 'count', kind: 'value', describe: interviewSentences.options.count.describe},
    {name: 'seed', kind: 'value', describe: interviewSentences.options.seed.describe},
    {name: 'minutes', kind: 'value', describe: interviewSentences.options.minutes.describe},
  ],
  run: async (args, context) => {
    const draw = drawOf(args);
    if (!draw.ok) return draw.error;
    if (!context.json && hasTerminal(context)) {
      const {runApp} = await import('../app/run-app.ts');
      return runApp({screen: 'interview', draw: draw.value}, context);
    }
    const questions = drawn(interviewQuestions(), draw.value ?? {from: {kind: 'all'}});
    if (context.json) printJson(questions, 1);
    else await printText(interviewLines(questions, context.language));
    return 0;
  },
};
