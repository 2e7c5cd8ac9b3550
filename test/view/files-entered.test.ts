// How many files a reader of the code goes through from a run at hand, with its beats, to the lines of one screen of the handshake: those
// of which a function is called meanwhile, as V8 counts it. What is loaded only, and constants, do not count.
// Oracle: findings of the first round, 109 files; fewer than 50 is what was meant to come of it.
import {Session} from 'node:inspector';
import {expect, inject, test} from 'vitest';
import {bindBeats} from '../../source/lesson/bind.ts';
import {lessonNamed, traceOf} from '../helpers/all-runs.ts';
import {canvasOf, open, playingAt, type Shape, textOf} from './player.ts';

/** Below `source/`, sorted. */
const filesEntered = (act: () => void): readonly string[] => {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', {callCount: true, detailed: false});
  const entered: string[] = [];
  try {
    act();
    session.post('Profiler.takePreciseCoverage', (error, taken) => {
      if (error) throw error;
      for (const {url, functions} of taken.result) {
        const [, file] = /\/compiled\/[^/]+\/source\/(.+)\.js$/.exec(url) ?? [];
        if (file !== undefined && functions.some(({ranges: [range]}) => range && range.count > 0))
          entered.push(file);
      }
    });
  } finally {
    session.disconnect();
  }
  return entered.sort();
};

const shapes: readonly Shape[] = [
  {columns: 80, rows: 24},
  {columns: 120, rows: 40},
];

// Where the source is another in memory, it has no files (`npm run flips`).
test.skipIf(inject('compiled') === undefined)('one screen enters few files', () => {
  const lesson = lessonNamed('handshake');
  const [run = expect.fail()] = lesson.runs;
  const trace = traceOf({lesson, run});
  const {beats} = bindBeats(lesson, run.name, trace);
  // While the SYN,ACK flies.
  const atUs = 60_000;
  const [small = [], large = []] = shapes.map((shape) => {
    const opened = open({trace, beats, title: lesson.title});
    const playback = playingAt(opened, atUs);
    let text: readonly string[] = [];
    const files = filesEntered(() => {
      text = textOf(canvasOf(opened, playback, shape));
    });
    expect(text.join('\n')).toContain('SYN,ACK seq=9000 ack=1001');
    return files;
  });
  console.log(`one screen of the handshake enters ${small.length} files, with its panels ${large.length}`);
  expect(small).toContain('view/scene');
  // Five more than that: a label also tells windows and letters, and whether a segment is the learner’s own; a host’s head can be marked.
  expect(small.length).toBeLessThan(55);
});
