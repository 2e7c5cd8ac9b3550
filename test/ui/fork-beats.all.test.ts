// What a lesson tells and asks in a fork of it: nothing that its first run would have answered otherwise, no number left open.
import {expect, test} from 'vitest';
import {forkName, singleForks} from '../../scripts/fork-digests.ts';
import {simulate} from '../../scripts/simulate.ts';
import {bindBeats} from '../../source/lesson/bind.ts';
import type {BoundBeat} from '../../source/lesson/bound-beat.ts';
import {scenarioOf} from '../../source/lesson/run-scenario.ts';
import {parseFault} from '../../source/sim/fault-text.ts';
import {type Change, isSetting} from '../../source/sim/fork.ts';
import {identityOf} from '../../source/sim/identity.ts';
import type {Scenario} from '../../source/sim/scenario.ts';
import {forking, forked as standingIn} from '../../source/ui/fork-state.ts';
import {openPlayer} from '../../source/ui/player.ts';
import {withCommentary} from '../../source/view/story/commentary.ts';
import {appOptions, handshakeRun} from '../helpers/render.ts';
import {root} from '../helpers/root.ts';

type Fork = ReturnType<typeof singleForks>[number];

const forked = ({lesson, run, fault: text}: Fork) => {
  const again = (scenario: Scenario) => {
    const trace = simulate(scenario, {source: lesson.id, run: run.name});
    return {trace, beats: () => withCommentary(trace, bindBeats(lesson, run.name, trace).beats)};
  };
  const {id: source} = lesson;
  const scenario = scenarioOf(run);
  const {seed, profile} = run;
  const replay = {source, identity: identityOf(scenario), seed, profile, run: run.name, faults: []};
  const {trace, beats} = again(scenario);
  const opened = {...handshakeRun(), trace, beats: beats(), source, fork: {scenario, replay, again}};
  const fault = parseFault(text);
  if (!fault.ok) throw new Error(text);
  const {at, ...kind} = fault.value;
  const begun = forking(openPlayer(opened, appOptions.preferences), {packet: at.packet ?? 0, fault: kind});
  if (!begun.ok || !begun.value) throw new Error(text);
  return {base: opened, fork: standingIn(begun.value)};
};

/** The packet that the change of a fork touches. */
const touchedPacket = (change: Change | undefined): number =>
  change && !isSetting(change) ? (change.at.packet ?? 0) : 0;

/** What is asked, with the value that is right. */
const asked = (beats: readonly BoundBeat[]): readonly string[] =>
  beats.flatMap((beat) =>
    beat.kind === 'narration'
      ? []
      : [`${beat.ask.en} ${beat.choices.find(({correct}) => correct)?.text.en ?? ''}`],
  );

const texts = (beat: BoundBeat): readonly string[] =>
  beat.kind === 'narration' ? [beat.say.en, beat.say.zh] : [beat.ask.en, beat.ask.zh];

test('each fork asks what the first run asks, with the same right answer, and fills every number in', () => {
  for (const each of singleForks(root)) {
    const {base, fork} = forked(each);
    const {beats, trace} = fork.run;
    const before = asked(base.beats);
    for (const question of asked(beats)) expect(before, forkName(each)).toContain(question);
    for (const text of beats.flatMap(texts)) expect(text, forkName(each)).not.toMatch(/=\?|\{|undefined|NaN/);
    // In the order of the run, each at an event that there is, none twice.
    const events = beats.map(({event}) => event);
    expect(events, forkName(each)).toEqual(events.toSorted((a, b) => a - b));
    expect(Math.max(...events)).toBeLessThanOrEqual(trace.length);
    expect(new Set(beats.map(({index}) => index)).size).toBe(beats.length);
  }
});

test('the third segment lost: how much later the server is established is told and not asked', () => {
  const third = singleForks(root).find((each) => forkName(each) === 'handshake drop@packet=3');
  if (!third) throw new Error('no such fork');
  const {base, fork} = forked(third);
  const about = (beats: readonly BoundBeat[]) =>
    asked(beats).filter((question) => /How much later/.test(question));
  expect(about(base.beats)).toHaveLength(1);
  expect(about(fork.run.beats)).toEqual([]);
  // One round trip and the server's second SYN,ACK after its time-out of 1 s: RFC 6298 §2.
  expect(fork.run.beats.flatMap(texts).join('\n')).toContain('1.050 s after the client');
});

test('where the fork begins it says so, and every question before that is passed', () => {
  for (const each of singleForks(root)) {
    const {fork} = forked(each);
    const {playback, run, context} = fork;
    const here = run.beats.filter(
      (beat) => beat.kind === 'narration' && /^Your run begins here/.test(beat.say.en),
    );
    expect(here, forkName(each)).toHaveLength(1);
    expect(here[0]?.event).toBe(
      run.trace.packet(touchedPacket(fork.forks?.tree.nodes[1]?.changes[0])).sendEvent,
    );
    const passed = run.beats.filter(
      ({kind, event}) => kind === 'prediction' && event <= (here[0]?.event ?? 0),
    );
    for (const {index} of passed) expect(playback.answers[index], forkName(each)).toBeDefined();
    expect(context.whatIfs).toBe(0);
  }
});
