// `interview`: shows open questions in a terminal; elsewhere it prints them as text or as JSON.
import type {Arguments, Command, Failure} from '../app/command.ts';
import {optionalNumber} from '../app/options.ts';
import {printJson, printText} from '../app/print.ts';
import {hasTerminal} from '../app/terminal.ts';
import {interviewQuestions} from '../io/lessons.ts';
import {tracks} from '../lesson/tracks.ts';
import {type Draw, drawn, topicRows} from '../view/interview/interview-state.ts';
import {interviewLines} from '../view/interview/interview-text.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {interviewSentences} from '../words/catalogue/cli.ts';
import {noTopic} from '../words/catalogue/interview.ts';
import {problemOf} from '../words/problem.ts';

/** Returns which questions to draw; undefined if the command names nothing, so that the learner chooses. */
const drawOf = (args: Arguments): Result<Draw | undefined, Failure> => {
  const [given] = args.positionals;
  const topic = tracks.find((track) => track === given);
  const known = topicRows({all: interviewQuestions()}).flatMap((row) => row.topic ?? []);
  if (given !== undefined && (topic === undefined || !known.includes(topic)))
    return err({...problemOf(noTopic, {given, list: known.join(', ')}), exit: 2});
  const seed = optionalNumber(args, 'seed', 0, Number.MAX_SAFE_INTEGER);
  if (!seed.ok) return seed;
  const count = optionalNumber(args, 'count', 1, 1000);
  if (!count.ok) return count;
  const draw = {topic, seed: seed.value, count: count.value};
  return ok(Object.values(draw).every((each) => each === undefined) ? undefined : draw);
};

export const interview: Command = {
  options: [
    {name: 'count', kind: 'value', describe: interviewSentences.options.count.describe},
    {name: 'seed', kind: 'value', describe: interviewSentences.options.seed.describe},
  ],
  run: async (args, context) => {
    const draw = drawOf(args);
    if (!draw.ok) return draw.error;
    if (!context.json && hasTerminal(context)) {
      const {runApp} = await import('../app/run-app.ts');
      return runApp({screen: 'interview', draw: draw.value}, context);
    }
    const questions = drawn(interviewQuestions(), draw.value ?? {});
    if (context.json) printJson(questions, 1);
    else await printText(interviewLines(questions, context.language));
    return 0;
  },
};
