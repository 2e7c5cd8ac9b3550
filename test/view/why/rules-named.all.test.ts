// *Why?* names the rule, with its clause, of everything that happens in lessons but what a program or the path decides.
import {expect, test} from 'vitest';
import {loadData} from '../../../source/lesson/load-data.ts';
import type {TraceEvent} from '../../../source/sim/trace.ts';
import {viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {dataFile} from '../../helpers/data-file.ts';
import {some} from '../../helpers/seeds.ts';
import {open, started} from '../player.ts';

const data = loadData({rules: dataFile('rules')});
const rules = new Map((data.ok ? data.value.rules : []).map((each) => [each.id, each]));

/** Who decides it, where no rule of a protocol does. */
const decidedBy = (event: TraceEvent): 'program' | 'path' | undefined => {
  switch (event.kind) {
    case 'call':
      return 'program';
    case 'arrive':
      return 'path';
    case 'drop':
      return event.reason === 'discarded' ? undefined : 'path';
    default:
      return undefined;
  }
};

/** One of each sort is asked about. */
const sortOf = ({kind, because, ...event}: TraceEvent): string => {
  const op = 'op' in event ? event.op : '';
  const name = 'name' in event ? event.name : 'timer' in event ? event.timer : '';
  const what = 'what' in event ? event.what.kind : 'note' in event ? event.note.kind : '';
  return [kind, op, name.replace(/ .*/, ''), what, because].filter(Boolean).join(' ');
};

test('every event of a lesson that no program and no path decides has a rule with a clause', {
  timeout: 3_600_000,
}, () => {
  const asked = new Set<string>();
  const silent = new Set<string>();
  for (const each of some(allRuns(), 20)) {
    const trace = traceOf(each);
    const opened = open({trace, rule: (id) => rules.get(id)});
    for (const event of trace.events()) {
      const sort = sortOf(event);
      if (asked.has(sort) || decidedBy(event)) continue;
      asked.add(sort);
      const view = viewOf({
        ...opened,
        playback: started({viewMs: opened.pacing.durationMs}),
        message: undefined,
      });
      const {rule} = whyAbout(view, {kind: 'event', event: event.n});
      if (!/^(?:RFC \d{4} §|Linux |FreeBSD )/.test(rule ?? ''))
        silent.add(`${sort}: ${each.name} event ${event.n}: ${rule}`);
    }
  }
  console.info(`${asked.size} sorts of events`);
  expect(asked.size).toBeGreaterThan(200);
  expect([...silent]).toEqual([]);
});
