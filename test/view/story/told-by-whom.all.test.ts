// Who tells what of runs that are not the lesson's own: counted, and printed; what matters is told by somebody.

import {expect, test} from 'vitest';
import {simulate} from '../../../scripts/simulate.ts';
import {departureOf} from '../../../source/app/departure.ts';
import {bindBeats} from '../../../source/lesson/bind.ts';
import {scenarioOf} from '../../../source/lesson/run-scenario.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {withCommentary} from '../../../source/view/story/commentary.ts';
import {allLessons} from '../../helpers/all-runs.ts';
import {few} from '../../helpers/seeds.ts';

/** When this packet is lost, and when a program gets an error: what is lost at one time is told at once. */
const whatMatters = (trace: Trace, packet: number): readonly number[] =>
  [...trace.events()].flatMap((event) => {
    if (event.kind === 'drop' && event.packet === packet && event.reason === 'fault') return [event.atUs];
    return event.kind === 'signal' && event.signal.startsWith('E') ? [event.atUs] : [];
  });

test.each(allLessons().map((lesson) => [lesson.id, lesson] as const))(
  '%s, each packet lost',
  (id, lesson) => {
    const [own] = lesson.runs;
    if (!own) throw new Error('no run');
    const packets = simulate(scenarioOf(own), {source: id, run: own.name}).packetCount;
    let byLesson = 0;
    let byAccount = 0;
    const lost = few(
      Array.from({length: Math.min(packets, 40)}, (_, index) => index + 1),
      6,
    );
    for (const packet of lost) {
      const scenario = scenarioOf({...own, faults: [...own.faults, {kind: 'drop', at: {packet}}]});
      const trace = simulate(scenario, {source: id, run: own.name});
      const {beats} = bindBeats(lesson, own.name, trace);
      const all = withCommentary(trace, beats, {from: departureOf(lesson, scenario, trace)});
      byLesson += beats.length;
      byAccount += all.length - beats.length;
      const told = new Set(all.map(({event}) => (event > 0 ? trace.event(event).atUs : 0)));
      for (const atUs of whatMatters(trace, packet)) expect(told, `${id} --drop ${packet}`).toContain(atUs);
      for (const beat of all)
        if (beat.kind === 'narration')
          for (const text of [beat.say.en, beat.say.zh])
            expect(text, `${id} --drop ${packet}`).not.toMatch(/undefined|NaN|\{|\}| {2}|=\?/);
    }
    console.log(`${id}: ${lost.length} runs, ${byLesson} told by the lesson, ${byAccount} by the account`);
    expect(byAccount).toBeGreaterThan(0);
  },
);
