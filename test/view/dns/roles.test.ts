// What stands under the names of hosts that speak only DNS. Oracle: drawn by hand.
import {expect, test} from 'vitest';
import {arrange} from '../../../source/view/arrange.ts';
import {scene} from '../../../source/view/scene.ts';
import type {SceneInput} from '../../../source/view/scene-input.ts';
import {viewOf} from '../../../source/view/view.ts';
import {RecordType} from '../../../source/wire/dns/registry.ts';
import {lessonNamed, traceOf} from '../../helpers/all-runs.ts';
import {ask, dnsScenario} from '../../helpers/dns-network.ts';
import {run} from '../../helpers/traces.ts';
import {canvasOf, open, playingAt, textOf} from '../player.ts';

const inputOf = (name: string, type: number, edns: number | undefined, language: 'en' | 'zh'): SceneInput => {
  const query = {call: 'resolve', name, type, ...(edns === undefined ? {} : {edns})} as const;
  const opened = open({trace: run(dnsScenario([ask(0, query)]))});
  return {...opened, playback: {...playingAt(opened, 20_000_000), language}, message: undefined};
};

const under = (input: SceneInput): readonly string[] => {
  const {hosts, states} = scene(input);
  return hosts.map(({name}, index) => `${name} ${states[index]?.text ?? ''}`.trim());
};

test('hosts that speak only DNS have their part in it, not a state of TCP', () => {
  expect(under(inputOf('y.abc.com', RecordType.A, undefined, 'en'))).toEqual([
    'm stub',
    'local resolver',
    'root',
    'tld',
    'auth authoritative',
  ]);
  expect(under(inputOf('y.abc.com', RecordType.A, undefined, 'zh'))).toContain('local 解析器');
});

test('a part that the name says already is not said below it', () => {
  const lesson = lessonNamed('dns-recursion');
  const [first = expect.fail()] = lesson.runs;
  const opened = open({trace: traceOf({lesson, run: first})});
  const shown = (language: 'en' | 'zh'): readonly string[] =>
    under({...opened, playback: {...playingAt(opened, 0), language}, message: undefined});
  expect(shown('en')).toEqual(['laptop stub', 'resolver', 'root', 'com server', 'authority authoritative']);
  expect(shown('zh')[1]).toBe('解析器');
});

test('there are no variables of TCP beside them', () => {
  const view = viewOf(inputOf('y.abc.com', RecordType.A, undefined, 'en'));
  expect(arrange(view, {columns: 120, rows: 40}).placed.map(({panel}) => panel.name)).not.toContain(
    'endpoints',
  );
});

test('numbers that count from the first are no condition where there are none', () => {
  const relative = (input: SceneInput): boolean =>
    scene({...input, playback: {...input.playback, relative: true}}).relative;
  expect(relative(inputOf('y.abc.com', RecordType.A, undefined, 'en'))).toBe(false);
  expect(relative(inputOf('big.abc.com', RecordType.TXT, undefined, 'en'))).toBe(true);
});

test('where an answer comes over TCP, states are shown', () => {
  const input = inputOf('big.abc.com', RecordType.TXT, undefined, 'en');
  expect(under(input)).toContain('m TIME-WAIT');
  expect(arrange(viewOf(input), {columns: 120, rows: 40}).placed.map(({panel}) => panel.name)).toContain(
    'endpoints',
  );
});

test('parts stand in one row where they fit beside each other', () => {
  const input = inputOf('y.abc.com', RecordType.A, undefined, 'en');
  for (const columns of [80, 120]) {
    const opened = open({trace: input.trace});
    const lines = textOf(canvasOf(opened, playingAt(opened, 20_000_000), {columns, rows: 40}));
    expect(lines[3]).toMatch(/stub +resolver +authoritative/);
    expect(lines[4]).not.toContain('resolver');
  }
});
