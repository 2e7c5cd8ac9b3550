// `review`: what is due today, as text or JSON.
import type {ReviewCard} from '../lesson/quiz/schedule.ts';
import {reviewPage} from '../present/quiz/progress-page.ts';
import type {Command} from './command.ts';
import {openLearner} from './learner.ts';
import {isoTime, pageOf} from './learner-page.ts';
import {printLine, printLines} from './print.ts';
import {hasTerminal} from './terminal.ts';

const cardJson = ({kind, name, topic, lesson, dueMs, answers}: ReviewCard) => ({
  kind,
  name,
  topic,
  lesson,
  due: isoTime(dueMs),
  answers,
});

export const review: Command = {
  options: [],
  run: async (_args, context) => {
    if (!context.json && hasTerminal(context)) {
      const {runApp} = await import('./run-app.ts');
      return runApp({screen: 'review'}, context);
    }
    const page = pageOf(openLearner(context.language), context);
    const {due, later} = page.standing;
    if (context.json)
      printLine(JSON.stringify({due: due.map(cardJson), later: later.map(cardJson)}, undefined, 2));
    else await printLines(reviewPage(page));
    return 0;
  },
};
