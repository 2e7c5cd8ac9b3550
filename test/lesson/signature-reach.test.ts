// How far around its event a text looks, by its words (words/en/lexicon.yaml), and that it is silent where something there is otherwise.
// Oracle: two runs of which the one thing that differs is given.
import {describe, expect, test} from 'vitest';
import {toldBy} from '../../source/lesson/beat-texts.ts';
import type {Signature} from '../../source/lesson/lesson.ts';
import {isAsSigned, signatureOf} from '../../source/lesson/signature.ts';
import {parseFault} from '../../source/sim/fault-text.ts';
import type {Scenario} from '../../source/sim/scenario.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {teardownScenario} from '../helpers/scenarios.ts';
import {run} from '../helpers/traces.ts';

/** Our lexicon of both languages is asked: the Chinese says nothing. */
const say = (en: string) => ({en: [en], zh: ['。']});
const trace = run(teardownScenario());

const eventOf = (kind: string, nth = 0, of: Trace = trace): number =>
  [...of.events()].filter((event) => event.kind === kind)[nth]?.n ?? expect.fail(kind);

const reach = (text: string, event: number, near = 3, far = trace.length) => {
  const signature = signatureOf(toldBy(say(text)), {trace, event}, {near, far});
  return signature && {of: signature.of, before: signature.before, behind: signature.behind};
};

describe('how far', () => {
  const sent = eventOf('send', 3);
  const [arrived, called] = [eventOf('arrive', 3), eventOf('call', 2)];

  test('its own event, unless it says more; before anything happened not even that', () => {
    expect(reach('It is so', sent)).toEqual({of: [], before: 1, behind: 0});
    expect(reach('It is so', 0)).toEqual({of: [], before: 0, behind: 0});
  });

  test.each(['nothing is lost', 'three ACKs', 'it waits'])('back to the beat before: %s', (text) => {
    expect(reach(text, sent)?.before).toBe(sent - 3 + 1);
    expect(reach(text, sent, sent)?.before).toBe(1);
    expect(reach(text, sent, sent + 1)?.before).toBe(0);
    expect(reach(text, sent)?.behind).toBe(0);
  });

  test('on to the next beat, where it says what will be', () => {
    for (const event of [sent, arrived, called])
      expect(reach('it will be', event, 1, event + 4)).toEqual({of: ['future'], before: 1, behind: 4});
    expect(reach('it will be', sent, 1, sent - 1)?.behind).toBe(0);
  });

  test('or that something gets there, where it leaves or is asked for', () => {
    const behind = (event: number) => reach('it arrives', event, 1, event + 4)?.behind;
    expect([behind(sent), behind(called), behind(arrived), behind(0)]).toEqual([4, 4, 0, 4]);
  });

  test('a text that nobody can weigh leans on everything', () => {
    const signature = signatureOf(
      toldBy({...say('x'), fallback: ['en', 'zh']}),
      {trace, event: sent},
      {near: 1, far: trace.length},
    );
    expect(signature?.of).toContain('positions');
    expect([signature?.before, signature?.behind]).toEqual([sent, trace.length - sent]);
  });
});

const changed = (change: Partial<Scenario>): Trace => run(teardownScenario(change));
const faults = (text: string): Partial<Scenario> => {
  const fault = parseFault(text);
  return fault.ok ? {faults: [fault.value]} : expect.fail(text);
};

/** Said at the last event of the run; is it said of the other run’s last one, too? */
const speaksIn = (text: string, other: Trace): boolean => {
  const told = toldBy(say(text));
  const signature = signatureOf(told, {trace, event: trace.length}, {near: 1, far: trace.length});
  expect(isAsSigned({...told, signature}, {trace, event: trace.length})).toBe(true);
  return isAsSigned({...told, signature}, {trace: other, event: other.length});
};

describe('silent', () => {
  const later = changed({
    links: teardownScenario().links.map((link) => ({...link, delayUs: link.delayUs + 1000})),
  });
  const other = changed({hosts: teardownScenario().hosts.map(({iss: _, ...host}) => host)});
  const lost = changed(faults('drop@packet=5'));

  test.each<readonly [string, Trace, boolean]>([
    ['it is so', later, true],
    ['it is so', other, true],
    ['it begins at 1000', other, false],
    ['it waits', later, false],
    ['at 2 seconds', later, false],
    ['nothing is lost', lost, false],
    ['more than before', lost, false],
    ['three ACKs', lost, false],
  ])('%s', (text, of, speaks) => {
    expect(speaksIn(text, of)).toBe(speaks);
  });

  test('where the other run has not got so far', () => {
    const told = toldBy(say('it waits'));
    const signature: Signature = {of: ['pace'], before: 3, behind: 0, hash: 0};
    expect(isAsSigned({...told, signature}, {trace, event: 2})).toBe(false);
    const beyond: Signature = {of: [], before: 1, behind: 1, hash: 0};
    expect(isAsSigned({...told, signature: beyond}, {trace, event: trace.length})).toBe(false);
  });

  test('without a signature it speaks everywhere', () => {
    expect(isAsSigned(toldBy(say('it waits')), {trace: other, event: 1})).toBe(true);
  });
});
