// A key press of the player, from reducer to lines, in a run of 100,000 events: a step to the next stop beside a jump to
// anywhere. Both are taken at the same random places, so the ratio says what distance costs.
import process from 'node:process';
import type {Scenario} from '../source/sim/scenario.ts';
import {simulate} from '../source/sim/simulate.ts';
import type {Trace} from '../source/sim/trace.ts';
import {pacing} from '../source/view/time/pacing.ts';
import {playback, startPlayback} from '../source/view/time/playback.ts';
import type {PlaybackAction, PlaybackContext, PlaybackState} from '../source/view/time/playback-state.ts';
import {figure} from './figures.ts';
import {heapBytes, median, oneDownload, pairOfHosts, places, row, seconds} from './measure.ts';
import {screenLines} from './screen-lines.ts';

/** One download of 17,000 segments; every two hundredth frame is lost. */
const lossyDownload = (): Scenario => pairOfHosts(oneDownload(17_000), {loss: 0.005});

/** With the handshake about ten packets. */
const fewSegments = 4;

const stepMs = 200;

/** Thirty a second. */
const frameMs = 1000 / 30;

type Player = {readonly context: PlaybackContext; state: PlaybackState};

/** What a key press makes the program do before it writes: actions, scene, screen. */
const press = (player: Player, actions: readonly PlaybackAction[]): void => {
  for (const action of actions) player.state = playback(player.state, action, player.context);
  screenLines(player.context, player.state);
};

const jumps = 500;
/** Before anything counts, so that both are measured in compiled code. */
const warmingUp = 100;

/** A step and its end: the second action is the clock's, which brings it to where it leads. */
const stepOn = (pressed: number): readonly PlaybackAction[] => [
  {kind: 'stepForward', atMs: pressed * 1000},
  {kind: 'tick', ms: stepMs},
];

type Looked = {readonly jumps: readonly number[]; readonly steps: readonly number[]};

/** Milliseconds of jumps to random places, and of single steps from there. */
const look = (player: Player): Looked => {
  const [jumpTimes, stepTimes]: [number[], number[]] = [[], []];
  const {viewMs, moments} = player.context.pacing;
  for (const [index, moment] of places(moments, warmingUp + jumps).entries()) {
    const place = viewMs.at(moment - 1) ?? 0;
    const [jump] = seconds(() => press(player, [{kind: 'standAt', viewMs: place}]));
    const [step] = seconds(() => press(player, stepOn(index + 1)));
    if (index < warmingUp) continue;
    jumpTimes.push(jump * 1e3);
    stepTimes.push(step * 1e3);
  }
  return {jumps: jumpTimes, steps: stepTimes};
};

const tellLate = (run: string, {jumps, steps}: Looked): void => {
  const slow = [...jumps, ...steps].toSorted((a, b) => a - b);
  const value = slow[Math.floor(slow.length * 0.95)] ?? Number.NaN;
  figure({name: `key to lines, 95th percentile, ${run}`, unit: 'ms', value, reach: {most: frameMs}});
};

const playerOf = (trace: Trace): Player => ({
  context: {trace, pacing: pacing(trace), beats: [], whatIfs: 0},
  state: startPlayback({language: 'en', motion: 'full', speed: 1, stopAtBeats: true, playing: false}),
});

const about = {source: 'bench', run: 'base'};

export const measurePlayer = (): void => {
  const before = heapBytes();
  const [simulated, trace] = seconds(() => simulate(lossyDownload(), about));
  const [paced, player] = seconds(() => playerOf(trace));
  const [first] = seconds(() => press(player, stepOn(0)));
  console.log(`player in one lossy download at 120 × 40, node ${process.version}`);
  row('events', String(trace.length));
  row('packets', String(trace.packetCount));
  row('simulated in', `${simulated.toFixed(2)} s`);
  row('laid out in viewing time in', `${paced.toFixed(2)} s`);
  row('first step, nothing compiled yet', `${(first * 1e3).toFixed(1)} ms`);
  const looked = look(player);
  const [jump, step] = [median(looked.jumps), median(looked.steps)];
  row('single step, median', `${step.toFixed(2)} ms`);
  row('random jump, median', `${jump.toFixed(2)} ms`);
  figure({
    name: 'random jump',
    unit: 'ms',
    value: jump,
    anchor: {name: 'single step', value: step},
    reach: {most: 2},
  });
  tellLate('100,000 events', looked);
  row('heap after all that', `${((heapBytes() - before) / 1e6).toFixed(1)} MB`);
  const few = simulate(pairOfHosts(oneDownload(fewSegments)), about);
  tellLate(`${few.packetCount} packets`, look(playerOf(few)));
};
