// An ACK that goes along with data at the very time at which it might have waited has not waited (RFC 9293 §3.8.6.3): nobody is told so.
import {expect, test} from 'vitest';
import {entriesOf} from '../../source/account/entries.ts';
import {toldIn} from '../../source/account/told/voice.ts';
import {allRuns, traceOf} from '../helpers/all-runs.ts';

test('of an ACK that waits for no time nobody says that it waits', () => {
  let waited = 0;
  for (const run of allRuns().filter(({lesson}) => lesson.id === 'delayed-ack')) {
    const trace = traceOf(run);
    const timers = [...entriesOf(trace, 'timer')].filter(({name}) => name === 'delayed-ACK');
    for (const {says, n} of toldIn(trace, {from: 1, narrated: new Set()})) {
      if (says !== 'delaysAck') continue;
      const armed = timers.find((timer) => timer.n === n);
      const over = timers.find(({n: later, host, op}) => later > n && host === armed?.host && op !== 'arm');
      waited += 1;
      expect(over?.atUs, run.name).not.toBe(armed?.atUs);
    }
  }
  expect(waited).toBeGreaterThan(2);
});
