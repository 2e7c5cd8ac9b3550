// Runs over TLS for the panels, and a look at one of them at an instant.
import {fileURLToPath} from 'node:url';
import {readLesson} from '../../../scripts/lesson-files.ts';
import {simulate} from '../../../scripts/simulate.ts';
import {scenarioOf} from '../../../source/lesson/run-scenario.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import type {PlaybackState} from '../../../source/view/time/playback-state.ts';
import {type View, viewOf} from '../../../source/view/view.ts';
import {type Opened, open, playingAt} from '../player.ts';

const file = fileURLToPath(new URL('../../fixtures/panels/https.yaml', import.meta.url));

const traces = new Map<string, Trace>();

export const tlsTrace = (name: string): Trace => {
  const known = traces.get(name);
  if (known) return known;
  const lesson = readLesson(file, 'https.yaml');
  if (!lesson.ok) throw new Error(lesson.error[0]?.message.en);
  const run = lesson.value.runs.find((each) => each.name === name);
  if (!run) throw new Error(`no run ${name}`);
  const trace = simulate(scenarioOf(run), {source: 'https', run: name});
  traces.set(name, trace);
  return trace;
};

export const tlsRun = (name: string): Opened => open({trace: tlsTrace(name), source: 'https'});

export const lookAt = (run: Opened, us: number, change: Partial<PlaybackState> = {}): View =>
  viewOf({...run, playback: playingAt(run, us, change), message: undefined});
