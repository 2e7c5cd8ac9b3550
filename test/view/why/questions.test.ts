// *Why?* of a question that has been answered: the clause that says so is named, by the lesson or by the rule behind the event, wherever there is
// one.
import {expect, test} from 'vitest';
import {bindBeats} from '../../../source/lesson/bind.ts';
import {beatMs, isQuestion} from '../../../source/view/time/waypoints.ts';
import {viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {allLessons, traceOf} from '../../helpers/all-runs.ts';
import {sharedData} from '../../helpers/kept-lessons.ts';
import {some, thorough} from '../../helpers/seeds.ts';
import {open, started} from '../player.ts';

const rules = new Map(sharedData().rules.map((each) => [each.id, each]));

/** What Linux does, what a program decides, and times that are only added up: how many such questions a lesson has at most. */
const clauseless: {readonly [lesson: string]: number} = {
  ...{'accept-queue': 3, refused: 1, 'syn-flood': 2, 'delayed-ack': 2, 'time-wait': 3, 'why-four': 1},
  ...{'dns-cache': 1, 'dns-iterative': 1, 'dns-recursion': 1, 'dns-transport': 1, 'cookies-session': 2},
  ...{'http-connections': 1, 'http-request': 1, 'https-tls12': 1, 'url-to-page': 4},
};

test.each(some(allLessons(), 6).map((lesson) => [lesson.id, lesson] as const))('%s', (id, lesson) => {
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

// RFC 9293 §3.3.2: a state has its own arrow of the diagram, and what is told of an answer is that one, wherever the picture stands.
thorough('of a state that was asked for the event is told that brings it', () => {
  const told = allLessons().flatMap((lesson) =>
    lesson.runs.flatMap((run) => {
      const trace = traceOf({lesson, run});
      const {beats} = bindBeats(lesson, run.name, trace);
      const opened = open({trace, beats, rule: (each) => rules.get(each)});
      return beats.filter(isQuestion).flatMap((question) => {
        const [, host] = /^(\w+)\.state$/.exec(question.hides?.fields[0] ?? '') ?? [];
        const right = question.choices.find(({correct}) => correct);
        if (host === undefined || right === undefined || question.hides?.packet !== undefined) return [];
        const answers = Object.fromEntries(beats.map(({index}) => [index, {choice: right.id}]));
        const playback = started({viewMs: beatMs(opened.pacing, question), answers});
        const view = viewOf({...opened, playback, message: undefined});
        const why = whyAbout(view, {kind: 'question', beat: question.index});
        const event = why.event === undefined ? undefined : trace.event(why.event);
        const entered = event?.kind === 'state' ? `${event.host} ${event.to}` : 'no state';
        // What is ahead of the picture has not happened.
        const isPast = why.paragraphs.some((text) => text.startsWith('It entered that state'));
        expect(isPast, lesson.id).toBe((event?.n ?? 0) <= view.cursor);
        return [{name: `${lesson.id} ${run.name}`, entered, asked: `${host} ${right.text.en}`}];
      });
    }),
  );
  expect(told.length).toBeGreaterThan(5);
  expect(told.filter(({entered, asked}) => entered !== asked)).toEqual([]);
});
