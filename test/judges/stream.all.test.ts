// TCP's promise over paths that lose, reorder, repeat, damage and delay: the stream arrives whole and in order, or both
// ends are told, with an error that a real socket could give (RFC 9293 §3.8). Seeds; the checkers look at each run.
import {expect, test} from 'vitest';
import {conversation, timedHosts} from '../helpers/judge-conversation.ts';
import {checkInvariants} from '../helpers/judge-invariants.ts';
import {runs} from '../helpers/seeds.ts';
import {run} from '../helpers/traces.ts';
import {contentComplaints} from './stream/content.ts';
import {endComplaints, errorsIn} from './stream/verdict.ts';

const seeds = runs(50, 50);
const parts = 5;

for (let part = 0; part < parts; part++) {
  const first = (part * seeds) / parts;
  test(`seeds ${first} to ${first + seeds / parts - 1}`, () => {
    const wrong: string[] = [];
    let told = 0;
    for (let seed = first; seed < first + seeds / parts; seed++) {
      const scenario = conversation(seed);
      const trace = run(scenario);
      if (errorsIn(trace).length > 0) told++;
      const found = [
        ...endComplaints(scenario, trace),
        ...contentComplaints(scenario, trace),
        ...checkInvariants(trace, timedHosts(scenario)),
      ];
      wrong.push(...found.slice(0, 3).map((each) => `seed ${seed}: ${each}`));
    }
    expect(wrong.slice(0, 10)).toEqual([]);
    // Giving up is for the worst paths: were it the rule, the stream would not have been tried.
    expect(told).toBeLessThan(seeds / parts / 10);
  });
}
