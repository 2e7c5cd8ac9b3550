// Questions about a connection of a capture in the simulator. Judges: tshark reads the run that a question names, exported as anybody
// would; its log has the states and timers.
import {copyFileSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {expect, test} from 'vitest';
import {askable} from '../../source/app/askable.ts';
import {openSource} from '../../source/app/open-source.ts';
import type {Opened} from '../../source/app/opened.ts';
import {roundAbout} from '../../source/app/round-about.ts';
import {lessonData} from '../../source/io/lessons.ts';
import type {Question} from '../../source/quiz/question.ts';
import type {OpenedRun} from '../../source/ui/opened-run.ts';
import {isField, judged, missing, traceOf} from '../helpers/judge-evidence.ts';
import {told} from '../helpers/judge-log.ts';
import {runProgram} from '../helpers/run-program.ts';
import {captureFolder} from '../wire/captures.ts';

const lossy = `${captureFolder}08h-rto-four-times.pcap`;
const three = `${captureFolder}06c-refused-three-ports.pcap`;

const sheet = (...args: readonly string[]): readonly Question[] =>
  JSON.parse(runProgram(['quiz', '--source', ...args, '--json']).stdout);

test
  .skipIf(missing !== undefined)
  .each([
    [lossy],
    [`${captureFolder}01e-client-close-ipv6.pcapng`],
    [`${captureFolder}14c-http11-pipelining.pcap`],
    [three, '--connection', '2'],
    [lossy, '--profile', 'rfc', '--fault', 'drop@packet=3'],
  ])('its evidence holds, %#', {timeout: 120_000}, async (...args) => {
  const questions = sheet(...args, '--simulated', '--count', '40');
  expect(await judged(questions)).toEqual([]);
  // What a clause decides the census of the kinds holds against the run.
  const isLogged = ({evidence}: Question): boolean =>
    !isField(evidence) && !evidence.field.startsWith('clause:');
  for (const question of questions.filter(isLogged)) {
    const {id, evidence} = question;
    expect(told(question, await traceOf(evidence)), `${id} ${evidence.field}`).toBe(evidence.value);
  }
});

test('what the simulator knows is asked: states, timers, what would have been', () => {
  const kinds = new Set(
    ['1', '2', '3'].flatMap((seed) =>
      sheet(lossy, '--simulated', '--count', '60', '--seed', seed).map(({kind}) => kind),
    ),
  );
  // Which packet was lost has one place in so short a run, and other questions are asked about the packets that it prints.
  for (const kind of ['state-after', 'which-timer', 'loss-probe']) expect(kinds).toContain(kind);
});

test('the questions of a seed are the same wherever the capture lies', () => {
  const folder = mkdtempSync(join(tmpdir(), 'packet-tutor-copy-'));
  const copy = join(folder, basename(lossy));
  copyFileSync(lossy, copy);
  const asked = (file: string, ...args: readonly string[]) =>
    sheet(file, ...args).map(({id, prompt, answer}) => ({id, prompt, answer}));
  for (const args of [[], ['--simulated']]) expect(asked(copy, ...args)).toEqual(asked(lossy, ...args));
  rmSync(folder, {recursive: true});
});

test('a connection’s run may be named as its questions name it, and no other', () => {
  const named = sheet(three, '--run', 'connection-2', '--count', '5');
  expect(named).toEqual(sheet(three, '--connection', '2', '--simulated', '--count', '5'));
  expect(named[0]?.evidence.run).toBe('connection-2');
  const refused = (...args: readonly string[]): string => {
    const {code, stderr} = runProgram(['show', three, ...args, '--lang', 'en']);
    expect(code).toBe(2);
    return stderr;
  };
  expect(refused('--run', 'connection-2', '--connection', '3')).toContain('name two different connections');
  expect(refused('--run', 'connection-4')).toContain('connection 4');
  expect(refused('--run', 'connection-2', '--seed', '7')).toContain('--seed does not work with --simulated');
});

const opened = async (source: string) => {
  const found = await openSource(source, {
    positionals: [source],
    flag: (name) => name === 'simulated',
    value: () => undefined,
    list: () => [],
  });
  if (!found.ok) throw new Error(found.error.what.en);
  return found.value;
};

test('a question of the round at its end opens the run that it is about, altered where that is asked', async () => {
  const run = await opened(lossy);
  const play = (other: Opened): OpenedRun => askable(other, lessonData());
  const begun = roundAbout(run, play);
  if ('message' in begun) throw new Error(begun.message.en);
  expect(begun.round.info).toMatchObject({mode: 'check', count: 5});
  expect(begun.round.info.command).toMatch(/^quiz --source \S+ --connection 1 --simulated$/);
  const altered = sheet(lossy, '--simulated', '--count', '40').find(({kind}) => kind === 'spot-faulty');
  if (!altered) throw new Error('nothing was altered');
  for (const question of [begun.round.next([], 0), altered]) {
    const shown = question && (await begun.round.openAsked?.(question));
    if (!shown || 'message' in shown) throw new Error('it cannot be shown');
    expect(shown.run.trace.header.faults).toHaveLength(
      run.trace.header.faults.length + question.evidence.faults.length,
    );
    expect(shown.run.at).toEqual({event: Math.max(0, question.place.n - 1)});
  }
});

test('p asks at the packets of the run, by what they carry', async () => {
  const run = askable(await opened(`${captureFolder}14c-http11-pipelining.pcap`), lessonData());
  const questions = run.predictions?.(run.trace) ?? [];
  expect(questions.length).toBeGreaterThan(3);
  expect(await judged(questions)).toEqual([]);
  const kinds = new Set(questions.map(({kind}) => kind));
  expect(kinds).toContain('which-flags');
  // Its line says who sends it.
  expect(kinds).not.toContain('who-sends-next');
});
