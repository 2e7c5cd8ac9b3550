// Each sentence of the account shows its facts: a number, a time or a choice among them that is changed changes the text in both languages.
import {expect, test} from 'vitest';
import type {Saying, Told} from '../../../source/account/told/facts.ts';
import type {Text} from '../../../source/lesson/text.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {toldText} from '../../../source/view/story/told-text.ts';
import {signed} from '../../helpers/all-runs.ts';
import {accountOf, divergedRuns, toldRuns, tracedWith} from '../../helpers/diverged.ts';
import {runs, seed} from '../../helpers/seeds.ts';

/** Facts that no text shows by themselves: by a number of these the text is looked up, and the last ones only tell one case of several apart. */
const silent: ReadonlySet<string> = new Set([
  ...[
    'copied event',
    'heldUp packet',
    'heldUp event',
    'altered packet',
    'altered event',
    'askedAgain packet',
  ],
  ...[
    'lost event',
    'answersRst after',
    'cookies tooLong',
    'alerts waits',
    'retries opened',
    'repaired tookUs',
  ],
]);

/** A fact that is rarer may be shown in a case that did not come up. */
const least = 10;

/** Ten seconds more: times are shown rounded. */
const more = (name: string): number => (name.endsWith('Us') ? 10_000_000 : 1);

const changed = (name: string, value: unknown): number | boolean | undefined => {
  if (typeof value === 'boolean') return !value;
  return typeof value === 'number' ? value + more(name) : undefined;
};

/** Returns the text with a fact of another value; undefined where nothing can be told with that. */
const textWith = (
  trace: Trace,
  {facts, ...told}: Told,
  other: {readonly [name: string]: number | boolean},
): Text | undefined => {
  const altered: {readonly says: Saying} = {...told, ...{facts: {...facts, ...other}}};
  try {
    return toldText(trace, altered as Told);
  } catch {
    return undefined;
  }
};

type Shown = {readonly times: number; readonly en: boolean; readonly zh: boolean};

test('a fact that is changed changes the text in every language', {timeout: 600_000}, () => {
  const seen = new Map<string, Shown>();
  for (const each of divergedRuns(toldRuns(), Math.min(900, runs(900, 8)), seed)) {
    const trace = tracedWith(each);
    for (const told of accountOf(signed(each.lesson), each, trace)) {
      const text = toldText(trace, told);
      for (const [name, value] of Object.entries(told.facts)) {
        const other = changed(name, value);
        const said = other === undefined ? undefined : textWith(trace, told, {[name]: other});
        if (!said) continue;
        const {times, en, zh} = seen.get(`${told.says} ${name}`) ?? {times: 0, en: false, zh: false};
        seen.set(`${told.says} ${name}`, {
          times: times + 1,
          en: en || said.en !== text.en,
          zh: zh || said.zh !== text.zh,
        });
      }
    }
  }
  expect(seen.size).toBeGreaterThan(100);
  const unseen = [...seen].filter(
    ([name, {times, en, zh}]) => times >= least && !silent.has(name) && !(en && zh),
  );
  expect(unseen).toEqual([]);
});
