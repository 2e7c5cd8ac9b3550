// Which files of the source *Why?* runs through for a field: the registry of its own protocol, and no reader of what the packet cannot carry.
import {Session} from 'node:inspector';
import {expect, test} from 'vitest';
import type {Subject} from '../../../source/view/subject.ts';
import {viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {lessonNamed, traceOf} from '../../helpers/all-runs.ts';
import {open, playingAt} from '../player.ts';

type Covered = {
  readonly url: string;
  readonly functions: readonly {
    readonly functionName: string;
    readonly ranges: readonly {readonly count: number}[];
  }[];
};

/**
 * The files below source/ of which V8 has counted a call of a function while `act` ran, but those of the machines: where the step that is
 * asked about is repeated, it runs through them as it did the first time.
 */
const entered = (act: () => void): readonly string[] => {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', {callCount: true, detailed: false});
  act();
  let covered: readonly Covered[] = [];
  session.post('Profiler.takePreciseCoverage', (_, taken) => {
    covered = taken.result;
  });
  session.post('Profiler.stopPreciseCoverage');
  session.disconnect();
  return covered
    .filter(({url}) => url.includes('/source/'))
    .filter(({functions}) => functions.some(({ranges}) => (ranges[0]?.count ?? 0) > 0))
    .map(({url}) => url.slice(url.lastIndexOf('/source/') + 1))
    .filter((file) => !/^source\/(stack|sim)\//.test(file));
};

const enteredFor = (subject: Subject): readonly string[] => {
  const lesson = lessonNamed('handshake');
  const [run] = lesson.runs;
  if (!run) throw new Error('the lesson has no run');
  const trace = traceOf({lesson, run});
  const opened = open({trace});
  const view = viewOf({...opened, message: undefined, playback: playingAt(opened, 1_000_000)});
  return entered(() => whyAbout(view, subject));
};

test.each([
  ['ip.dst', 'internet'],
  ['eth.dst', 'ethernet'],
  ['tcp.dstport', 'ports'],
  ['tcp.flags.fin', 'tcp-flags'],
])('of %s of a SYN only its own registry is asked, and fewer than 70 files', (field, own) => {
  const files = enteredFor({kind: 'field', packet: 1, field});
  expect(files).toContain(`source/view/fields/${own}.js`);
  expect(files.filter((file) => /tls|http|quic/.test(file))).toEqual([]);
  expect(files.length).toBeLessThan(70);
});

test('of the SYN itself, too', () => {
  const files = enteredFor({kind: 'packet', packet: 1});
  expect(files.filter((file) => /observe\/(tls|quic)/.test(file))).toEqual([]);
  expect(files.length).toBeLessThan(70);
});
