// `review`: what is due today, as text or JSON.
import type {ReviewCard} from '../lesson/quiz/schedule.ts';
import {reviewPage} from '../present/quiz/progress-page.ts';
import type {Command} from './command.ts';
import {openLearner} from './learner.ts';
import {isoTime, pageOf} from './learner-page.ts';
import {printJson, printText} from './print.ts';
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
    if (context.json) printJson({due: due.map(cardJson), later: later.map(cardJson)}, 2);
    else await printText(reviewPage(page));
    return 0;
  },
};
