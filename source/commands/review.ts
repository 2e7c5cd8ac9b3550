// `review`: prints what is due for review today, as text or JSON.

import type {Command} from '../app/command.ts';
import {learnerAsked} from '../app/learner.ts';
import {isoTime, pageOf} from '../app/learner-page.ts';
import {packs} from '../app/packs.ts';
import {printJson, printText} from '../app/print.ts';
import {packNamed} from '../app/read-packs.ts';
import {hasTerminal} from '../app/terminal.ts';
import {lessonIdOf} from '../io/packs-here.ts';
import type {ReviewCard} from '../quiz/schedule.ts';
import {reviewPage} from '../view/quiz/progress-page.ts';

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
  run: async ({positionals: [given]}, context) => {
    await packs();
    const pack = given === undefined ? undefined : packNamed(given);
    if (pack?.ok === false) return pack.error;
    const about = pack && new Set(pack.value.lessons.map(lessonIdOf));
    if (!context.json && hasTerminal(context)) {
      const {runApp} = await import('../app/run-app.ts');
      return runApp({screen: 'review', about}, context);
    }
    const learner = learnerAsked(context.language);
    if (!learner.ok) return learner.error;
    const page = pageOf(learner.value, context, about);
    const {due, later} = page.standing;
    if (context.json) printJson({due: due.map(cardJson), later: later.map(cardJson)}, 2);
    else await printText(reviewPage(page));
    return 0;
  },
};
