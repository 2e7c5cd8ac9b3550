// Packets by name: what the names mean in a run is what their selectors do; who names another beat's packet leans on it.
import {describe, expect, test} from 'vitest';
import {bindBeats} from '../../source/lesson/bind.ts';
import {signLesson} from '../../source/lesson/signed.ts';
import {traceOf} from '../helpers/all-runs.ts';
import {errorsOf, load} from './fragments.ts';
import {misspelt} from './told-problem.ts';

const packets =
  'packets:\n  syn: {sends: client, flags: [SYN]}\n  syn-ack: {sends: server, flags: [SYN, ACK]}\n';
const beat = (rest: string): string => `  - {${rest}}\n`;
const says = (text: string): string => `say: {en: '${text}', zh: '${text}'}`;

describe('names', () => {
  test('the first packet that fits, in whatever run', () => {
    const runs = 'runs:\n  base: {}\n  lost: {faults: [{drop: {from: client, flags: [SYN], nth: 1}}]}\n';
    const told = says('{packet(syn).tcp.seq_raw} {packet(syn-ack).frame.number}');
    const when = 'when: {enters: ESTABLISHED, host: client}';
    const lesson = load({
      runs: runs + packets,
      beats: `beats:\n${beat(`${when}, ${told}`)}${beat(`run: lost, ${when}, ${told}`)}`,
    });
    const texts = lesson.runs.map((run) => bindBeats(lesson, run.name, traceOf({lesson, run})).beats);
    expect(texts.map(([first]) => first?.kind === 'narration' && first.say.en)).toEqual(['1000 2', '1000 3']);
  });

  test('an unknown one has its place; a beat below names nothing yet', () => {
    const unknown = `beats:\n${beat(`when: {end: true}, ${says('{packet(sin).tcp.len}')}`)}`;
    expect(errorsOf({runs: packets, beats: unknown})[0]).toMatchObject(misspelt('19:44', 'sin', 'syn'));
    const below = `beats:\n${beat(`when: {sends: client, flags: [SYN]}, ${says('{packet(answer).tcp.len}')}`)}${beat(`as: answer, when: {sends: server}, ${says('!')}`)}`;
    expect(errorsOf({beats: below})[0]).toMatchObject({
      says: 'problem.unknownWord',
      remedy: 'nothingIsAllowed',
      given: 'answer',
    });
  });
});

test('who names the packet of a beat is silent where that beat was not told', () => {
  const first = `as: asked, when: {sends: client, flags: [SYN]}, holds: 'client.rto == 1s', ${says('!')}`;
  const second = `when: {sends: server, flags: [SYN, ACK]}, holds: '1 == 1', ${says('{packet(asked).tcp.seq_raw}')}`;
  const lesson = load({beats: `beats:\n${beat(first)}${beat(second)}`});
  expect(lesson.beats.map(({leans}) => leans)).toEqual([undefined, ['asked']]);
  const signed = signLesson(lesson, (run) => traceOf({lesson, run}));
  const [run] = lesson.runs;
  if (!run) expect.fail('no run');
  const slower = {
    ...run,
    hosts: run.hosts.map((host) => ({...host, tcp: {...host.tcp, initialRtoUs: 3_000_000}})),
  };
  const told = [run, slower].map(
    (each) => bindBeats(signed, run.name, traceOf({lesson, run: each})).beats.length,
  );
  expect(told).toEqual([2, 0]);
});
