// *Why?* of a question that has been answered: the clause that says so is named, by the lesson or by the rule behind the event, wherever there is
// one.
import {expect, test} from 'vitest';
import {bindBeats} from '../../../source/lesson/bind.ts';
import {isQuestion} from '../../../source/view/time/waypoints.ts';
import {viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {allLessons, traceOf} from '../../helpers/all-runs.ts';
import {sharedData} from '../../helpers/kept-lessons.ts';
import {open, started} from '../player.ts';

const rules = new Map(sharedData().rules.map((each) => [each.id, each]));

/** What Linux does, what a program decides, and times that are only added up: how many such questions a lesson has at most. */
const clauseless: {readonly [lesson: string]: number} = {
  ...{'accept-queue': 3, refused: 1, 'syn-flood': 2, 'delayed-ack': 2, 'time-wait': 3, 'why-four': 1},
  ...{'dns-cache': 1, 'dns-iterative': 1, 'dns-recursion': 1, 'dns-transport': 1, 'cookies-session': 2},
  ...{'http-connections': 1, 'http-request': 1, 'https-tls12': 1, 'url-to-page': 4},
};

test.each(allLessons().map((lesson) => [lesson.id, lesson] as const))('%s', (id, lesson) => {
  const silent = lesson.runs.flatMap((run) => {
    const trace = traceOf({lesson, run});
    const {beats} = bindBeats(lesson, run.name, trace);
    const opened = open({trace, beats, rule: (each) => rules.get(each)});
    const questions = beats.filter(isQuestion);
    const answers = Object.fromEntries(
      questions.map(({index, choices}) => [index, {choice: choices[0]?.id ?? 'a'}]),
    );
    const view = viewOf({
      ...opened,
      playback: started({viewMs: opened.pacing.durationMs, answers}),
      message: undefined,
    });
    return questions.flatMap(({index, ask}) =>
      whyAbout(view, {kind: 'question', beat: index}).rule === undefined ? [ask.en] : [],
    );
  });
  expect(silent.length, silent.join('\n')).toBe(clauseless[id] ?? 0);
});
