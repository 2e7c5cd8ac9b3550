// Inputs without measure: each ends, in bounded time and memory, with the exit code of its kind, a sentence and a remedy.
import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {captures} from '../helpers/absurd/captures.ts';
import {endless, unreadable} from '../helpers/absurd/lessons.ts';
import {measured} from '../helpers/absurd/measured.ts';
import {scripts} from '../helpers/absurd/scripts.ts';
import {answers, imports, keyLogs} from '../helpers/absurd/texts.ts';
import {lacks} from '../helpers/posix.ts';
import {few} from '../helpers/seeds.ts';
import {captureFolder} from '../wire/captures.ts';

const mostSeconds = 45;
const mostMebibytes = 700;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'packet-tutor-absurd-'));
});
afterAll(() => rmSync(folder, {recursive: true}));

const put = (name: string, content: string | Uint8Array): string => {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
};

type Wanted = {readonly exit: number; readonly says?: RegExp | undefined; readonly told: boolean};

/** `told`: there is something to be said on standard error, with a remedy below it. */
const judge = (args: readonly string[], {exit, says, told}: Wanted): void => {
  const {code, stderr, seconds, mebibytes} = measured(args, folder);
  console.info(`${args[0]}: exit ${code}, ${seconds.toFixed(1)} s, ${Math.round(mebibytes)} MiB`);
  expect(stderr).not.toMatch(/this is a bug|^\s+at .*[:(]\d+/m);
  expect(code).toBe(exit);
  if (told) expect(stderr).toMatch(/^packet-tutor: .+\n.+\n/);
  else expect(stderr).toBe('');
  if (says) expect(stderr).toMatch(says);
  expect(seconds).toBeLessThan(mostSeconds);
  expect(mebibytes).toBeLessThan(mostMebibytes);
};

const names = (all: object, count: number): readonly string[] => few(Object.keys(all), count);

const overBudget =
  /has more than \d+ events; packet-tutor stopped it at \d\S* s of simulated time.*\n.* --max-events \d+/;
const overTogether = /together, the runs of this lesson have more than 300000 events .*\n.* --max-events \d+/;

describe('lessons that do not end', () => {
  test.each(names(endless, 1))('check %s', (name) => {
    const file = put(`${name}.yaml`, endless[name]?.(name) ?? '');
    const says = name === 'fifty-runs' ? overTogether : overBudget;
    judge(['check', file], {exit: 1, says, told: true});
  });

  test.each(few(['pcapng', 'json', 'md', 'mermaid', 'svg', 'html', 'pkt'], 1))(
    'export --format %s',
    (format) => {
      const file = put('gigabyte.yaml', endless['gigabyte']?.('gigabyte') ?? '');
      judge(['export', file, '--format', format, '-o', join(folder, 'out')], {
        exit: 0,
        says: overBudget,
        told: true,
      });
    },
  );

  test('show, quiz; and more of it', () => {
    const file = put('flood.yaml', endless['flood']?.('flood') ?? '');
    judge(['show', file], {exit: 0, says: overBudget, told: true});
    judge(['show', file, '--json', '--max-events', '500'], {
      exit: 0,
      says: /more than 500 events/,
      told: true,
    });
    judge(['quiz', file, '--json'], {exit: 1, says: /more than 20000 events/, told: true});
  });
});

test.each(names(unreadable, 1))('text that is hardly a lesson: check %s', (name) => {
  const file = put(`${name}.yaml`, unreadable[name]?.(name) ?? '');
  judge(['check', file], {exit: name === 'longer' ? 2 : 1, told: true});
});

test.each(names(scripts, 1))('scripts: check %s', (name) => {
  const [text = '', exit = 1, says] = scripts[name] ?? [];
  judge(['check', put(name, text)], {exit, says, told: exit !== 0});
});

describe('captures', () => {
  test.each(names(captures, 1))('inspect %s', (name) => {
    const [make, exit = 2, says] = captures[name] ?? [];
    const file = put(name, make?.() ?? '');
    judge(['inspect', file], {exit, says, told: says !== undefined});
  });

  test('show: what is kept has a budget of its own', () => {
    const file = put('kept.pcap.gz', captures['members.pcap.gz']?.[0]() ?? '');
    judge(['show', file, '--json', '--max-mebibytes', '1'], {
      exit: 0,
      says: /contains more than 1 MiB: .*\n.*--max-mebibytes 4/,
      told: true,
    });
  });

  test.each(names(keyLogs, 1))('inspect --keylog %s', (name) => {
    const [make, exit = 2, says] = keyLogs[name] ?? [];
    const file = put(name, make?.() ?? '');
    judge(['inspect', `${captureFolder}00a-handshake-only.pcap`, '--keylog', file], {
      exit,
      says,
      told: exit !== 0,
    });
  });
});

test.each(names(imports, 1))('progress --import %s', (name) => {
  const [make, exit = 2, says] = imports[name] ?? [];
  judge(['progress', '--import', put(name, make?.() ?? '')], {exit, says, told: exit !== 0});
});

test.each(names(answers, 1))('quiz --answers %s', (name) => {
  const [make, exit = 2, says] = answers[name] ?? [];
  judge(['quiz', 'handshake', '--answers', put(name, make?.() ?? '')], {exit, says, told: true});
});

describe('folders', () => {
  const pack = (name: string, files: number, nameOf: (nth: number) => string): string => {
    const at = join(folder, name);
    mkdirSync(at);
    for (let nth = 0; nth < files; nth += 1) writeFileSync(join(at, nameOf(nth)), 'a: 1\n');
    return at;
  };

  test('of too many lessons, and of many files that are none', () => {
    const many = pack('many', 2000, (nth) => `l${nth}.yaml`);
    const says = /has 2000 lessons, and at most 500 of one folder are read/;
    judge(['check', many], {exit: 2, says, told: true});
    judge(['quiz', many, '--json'], {exit: 2, says, told: true});
    const other = pack('other', 2000, (nth) => `l${nth}.txt`);
    judge(['check', other], {exit: 2, told: true});
  });

  test.skipIf(lacks('links'))('that lead in circles', () => {
    const circle = pack('circle', 0, String);
    symlinkSync(circle, join(circle, 'lessons'));
    symlinkSync('x.yaml', join(circle, 'x.yaml'));
    judge(['check', circle], {exit: 2, says: /ELOOP/, told: true});
    judge(['quiz', circle, '--json'], {exit: 2, says: /ELOOP/, told: true});
  });
});
