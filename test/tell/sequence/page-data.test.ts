// The sentences of the exported page: what a rule stands for in this case is told in words of its own, and the clause stays.
import {expect, test} from 'vitest';
import {pageData} from '../../../source/tell/sequence/page-data.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {sharedData} from '../../helpers/kept-lessons.ts';
import {open} from '../../view/player.ts';

const rules = new Map(sharedData().rules.map((each) => [each.id, each]));

test.each([
  ['handshake data-in-syn', '9293:3.10.1/open/active', 'data'],
  ['half-open alive', '9293:3.10.7.4/sequence/duplicate', 'empty'],
])('%s', (name, id, named) => {
  const {rfc, cases} = rules.get(id) ?? expect.fail(id);
  // Behind the first brace stand facts of the run.
  const [words = ''] = (cases?.[named]?.text?.en ?? expect.fail(named)).split('{');
  const trace = traceOf(allRuns().find((run) => run.name === name) ?? expect.fail(name));
  const rule = (wanted: string) => rules.get(wanted);
  const {texts, steps} = pageData({trace, pacing: open({trace}).pacing, beats: [], rule, relative: false});
  const english = (at: number | undefined): string => {
    const text = at === undefined ? '' : texts[at];
    return typeof text === 'string' ? text : (text?.[0] ?? '');
  };
  const step = steps.find(({why}) => english(why?.text).includes(words));
  expect(english(step?.why?.clause)).toContain(`RFC ${rfc}`);
});
