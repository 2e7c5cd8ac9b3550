// A key press of the player, from reducer to lines, in a run of 100,000 events: a step to the next stop beside a jump to
// anywhere. Both are taken at the same random places, so the ratio says what distance costs.
import process from 'node:process';
import type {Cause, Scenario} from '../source/sim/scenario.ts';
import {simulate} from '../source/sim/simulate.ts';
import {unicodeGlyphs} from '../source/view/glyphs.ts';
import {scene} from '../source/view/scene.ts';
import {screen} from '../source/view/screen.ts';
import {pacing} from '../source/view/time/pacing.ts';
import {playback, startPlayback} from '../source/view/time/playback.ts';
import type {PlaybackAction, PlaybackContext, PlaybackState} from '../source/view/time/playback-state.ts';
import {figure} from './figures.ts';
import {heapBytes, median, pairOfHosts, places, row, seconds} from './measure.ts';

const at = (atUs: number) => ({kind: 'at', atUs}) as const;

/** One download of 17,000 segments; every two hundredth frame is lost. */
const lossyDownload = (): Scenario => {
  const script: readonly Cause[] = [
    {when: at(0), host: 'server', action: {call: 'listen', port: 80, read: 'auto'}},
    {
      when: at(0),
      host: 'client',
      action: {call: 'connect', to: {host: 'server', port: 80}, read: 'auto'},
    },
    {
      when: {kind: 'on', host: 'client', event: 'connected', afterUs: 0},
      host: 'client',
      action: {call: 'send', bytes: 1460 * 17_000},
    },
  ];
  return pairOfHosts(script, {loss: 0.005});
};

const stepMs = 200;

/** Thirty a second. */
const frameMs = 1000 / 30;

type Player = {readonly context: PlaybackContext; state: PlaybackState};

/** What a key press makes the program do before it writes: actions, scene, screen. */
const press = (player: Player, actions: readonly PlaybackAction[]): void => {
  for (const action of actions) player.state = playback(player.state, action, player.context);
  const {trace, pacing: paced, beats} = player.context;
  const shown = scene({
    trace,
    pacing: paced,
    beats,
    playback: player.state,
    source: 'bench',
    title: undefined,
    runTitle: undefined,
    rule: () => undefined,
    misconception: () => undefined,
    whatIfs: [],
    message: undefined,
  });
  screen(shown, {columns: 120, rows: 40, glyphs: unicodeGlyphs, keyHints: []});
};

const jumps = 500;
/** Before anything counts, so that both are measured in compiled code. */
const warmingUp = 100;

/** A step and its end: the second action is the clock's, which brings it to where it leads. */
const stepOn = (pressed: number): readonly PlaybackAction[] => [
  {kind: 'stepForward', atMs: pressed * 1000},
  {kind: 'tick', ms: stepMs},
];

export const measurePlayer = (): void => {
  const before = heapBytes();
  const input = lossyDownload();
  const about = {source: 'bench', run: 'base'};
  const [simulated, trace] = seconds(() => simulate(input, about));
  const [paced, context] = seconds(
    (): PlaybackContext => ({trace, pacing: pacing(trace), beats: [], whatIfs: 0}),
  );
  const state = startPlayback({language: 'en', motion: 'full', speed: 1, stopAtBeats: true, playing: false});
  const player: Player = {context, state};
  const [first] = seconds(() => press(player, stepOn(0)));
  console.log(`player in one lossy download at 120 × 40, node ${process.version}`);
  row('events', String(trace.length));
  row('packets', String(trace.packetCount));
  row('simulated in', `${simulated.toFixed(2)} s`);
  row('laid out in viewing time in', `${paced.toFixed(2)} s`);
  row('first step, nothing compiled yet', `${(first * 1e3).toFixed(1)} ms`);
  const jumpTimes: number[] = [];
  const stepTimes: number[] = [];
  const {viewMs, moments} = context.pacing;
  for (const [index, moment] of places(moments, warmingUp + jumps).entries()) {
    const place = viewMs[moment - 1] ?? 0;
    const [jump] = seconds(() => press(player, [{kind: 'standAt', viewMs: place}]));
    const [step] = seconds(() => press(player, stepOn(index + 1)));
    if (index < warmingUp) continue;
    jumpTimes.push(jump * 1e3);
    stepTimes.push(step * 1e3);
  }
  const [jump, step] = [median(jumpTimes), median(stepTimes)];
  row('single step, median', `${step.toFixed(2)} ms`);
  row('random jump, median', `${jump.toFixed(2)} ms`);
  figure({
    name: 'random jump',
    unit: 'ms',
    value: jump,
    anchor: {name: 'single step', value: step},
    reach: {most: 2},
  });
  const slow = jumpTimes.concat(stepTimes).toSorted((a, b) => a - b);
  const late = slow[Math.floor(slow.length * 0.95)] ?? Number.NaN;
  figure({name: 'key to lines, 95th percentile', unit: 'ms', value: late, reach: {most: frameMs}});
  row('heap after all that', `${((heapBytes() - before) / 1e6).toFixed(1)} MB`);
};
