// Why a step was taken, as the machine says that took it: its case, its facts, and the words for them.
import {expect, test} from 'vitest';
import {entriesOf} from '../../source/account/entries.ts';
import {factsOf} from '../../source/account/reason.ts';
import {parseFault} from '../../source/sim/fault-text.ts';
import {dnsCases} from '../../source/stack/dns/cases.ts';
import {httpCases} from '../../source/stack/http/cases.ts';
import {ipCases} from '../../source/stack/ip/rules.ts';
import {tcpCases} from '../../source/stack/tcp/cases.ts';
import {casedRule} from '../../source/view/why/case-text.ts';
import {allRuns, type LessonRun, traceOf} from '../helpers/all-runs.ts';
import {mostRuns} from '../helpers/most-runs.ts';
import {asksOthers} from '../helpers/seeds.ts';
import {ruleNamed, ruleTexts} from '../helpers/tcp/rules.ts';

const casesOfStack: {readonly [rule: string]: readonly string[]} = {
  ...dnsCases,
  ...httpCases,
  ...ipCases,
  ...tcpCases,
};

test('each case that a machine can name has words, and no words are for a case that none names', () => {
  const told = Object.fromEntries(
    ruleTexts.flatMap(({id, cases}) => (cases ? [[id, Object.keys(cases).toSorted()]] : [])),
  );
  const named = Object.fromEntries(Object.entries(casesOfStack).map(([id, cases]) => [id, cases.toSorted()]));
  expect(
    told,
    'texts: lessons/data/rules.yaml, `cases:`; machines: the tables of cases in source/stack',
  ).toEqual(named);
});

/** Cases that no run of a lesson brings about, and the test that does. */
const elsewhere: {readonly [brought: string]: string} = {
  '1123:2.3/next-address beside': 'test/stack/http/client.test.ts',
  '1035:4.1.1/forward below': 'test/stack/dns/resolver-modes.test.ts',
  '1035:4.1.1/forward turned': 'test/stack/dns/resolver-clients.test.ts',
};

/** The client of `http-request` answers the server’s FIN with an RST. */
const resetWhileClosing = (): LessonRun => {
  const found = allRuns().find(({lesson}) => lesson.id === 'http-request') ?? expect.fail('no such run');
  const fault = parseFault('edit:tcp.flags=4@packet=10');
  if (!fault.ok) expect.fail('no such fault');
  return {...found, run: {...found.run, faults: [fault.value]}};
};

test('runs of lessons bring about each case but those of TCP, and no sentence lacks a fact', () => {
  const seen = new Set<string>();
  const lacking: string[] = [];
  /** How often in each run `npm test` reads the words of a case. */
  const most = asksOthers() ? Number.POSITIVE_INFINITY : 3;
  for (const run of [...mostRuns(), resetWhileClosing()]) {
    const trace = traceOf(run);
    const read = new Map<string, number>();
    for (const event of trace.events()) {
      // Connections are opened for what layers above have decided.
      const opens = event.kind === 'state' ? (trace.reasonAt?.(event.n)?.above ?? []) : [];
      for (const {rule, case: own} of opens) if (own !== undefined) seen.add(`${rule} ${own}`);
      if (event.case === undefined) continue;
      const brought = `${event.because} ${event.case}`;
      seen.add(brought);
      const times = (read.get(brought) ?? 0) + 1;
      read.set(brought, times);
      if (times > most) continue;
      const words =
        casedRule(trace, event, ruleNamed(event.because ?? '')) ?? expect.fail(`no words: ${event.case}`);
      const texts = [words.text.en, words.text.zh];
      const wrong = texts.filter((each) => /[{}[\]]| {2}|undefined|object/.test(each));
      for (const each of wrong) lacking.push(`${run.lesson.id} ${run.run.name} ${event.n}: ${each}`);
    }
  }
  expect(lacking).toEqual([]);
  // Those of TCP: test/stack/tcp/rules.all.test.ts.
  const all = Object.entries({...dnsCases, ...httpCases, ...ipCases}).flatMap(([rule, cases]) =>
    cases.map((each) => `${rule} ${each}`),
  );
  expect(all.filter((each) => !seen.has(each) && !Object.hasOwn(elsewhere, each))).toEqual([]);
});

test('a query knows its zone and how that is known, as the packet before it told', () => {
  const iterative = allRuns().find(({lesson, run}) => lesson.id === 'dns-iterative' && run.name === 'walk');
  const trace = traceOf(iterative ?? expect.fail('no such run'));
  const asked = [...entriesOf(trace, 'send')].filter(({because}) => because === '1034:5.3.3/ask');
  expect(asked.map(({n, case: own}) => [own, factsOf(trace, n).zone])).toEqual([
    ['hints', {zone: '.'}],
    ['referral', {zone: 'com.'}],
    ['referral', {zone: 'abc.com.'}],
  ]);
});
