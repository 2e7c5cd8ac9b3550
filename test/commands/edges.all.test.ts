// The edges of a call: output that nobody takes, files that are none, and files that must not be lost.
import {execFileSync, spawnSync} from 'node:child_process';
import {
  copyFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {bug} from '../../source/words/catalogue/errors.ts';
import {cannotWrite, cannotWriteOutput, reason, reasons} from '../../source/words/catalogue/file-errors.ts';
import {nothingToExport} from '../../source/words/catalogue/progress-file.ts';
import {lacks, noLinux} from '../helpers/posix.ts';
import {root} from '../helpers/root.ts';
import {runProgram} from '../helpers/run-program.ts';
import {few} from '../helpers/seeds.ts';
import {program} from '../helpers/terminal.ts';

const full = {
  en: reason.en({reason: reasons.ENOSPC.en, code: 'ENOSPC'}),
  zh: reason.zh({reason: reasons.ENOSPC.zh, code: 'ENOSPC'}),
};

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'packet-tutor-edges-'));
});
afterEach(() => rmSync(folder, {recursive: true}));

const at = (name: string): string => join(folder, name);
const capture = `${root}test/fixtures/captures/01a-client-close-idle.pcap`;
const isLinux = process.platform === 'linux';

const run = (...args: readonly string[]) =>
  runProgram(args, {cwd: folder, env: {PACKET_TUTOR_DATA: at('data')}});

/** `line` calls the program as `pt`. */
const shell = (line: string) => {
  const {status, stdout, stderr} = spawnSync(
    'bash',
    ['-c', `pt() { "${process.execPath}" "${program}" "$@"; }; ${line}`],
    {cwd: folder, env: {PATH: process.env['PATH'] ?? '', HOME: folder}, encoding: 'utf8'},
  );
  return {status, stdout, stderr};
};

describe.skipIf(noLinux('/dev/full'))('output (Linux: /dev/full)', () => {
  const calls = [
    'list',
    '--help',
    '--version',
    'show handshake --json',
    'export handshake --format svg',
    'quiz handshake --json --count 2',
    'progress',
    `inspect ${capture}`,
  ];

  test.each(few(calls, 3))('%s: a full disk is told in plain words', (call) => {
    expect(shell(`pt ${call} >/dev/full`)).toEqual({
      status: 2,
      stdout: '',
      stderr: `packet-tutor: ${cannotWriteOutput.what.en({reason: full.en})}\n${cannotWriteOutput.remedy.en({full: true})}\n`,
    });
  });

  test.each(few(calls, 3))('%s: closed or unheard, it ends as it should', (call) => {
    const quiet = {status: 0, stdout: '', stderr: ''};
    expect(shell(`pt ${call} >&-`)).toEqual(quiet);
    expect(shell(`pt ${call} >/dev/null 2>&-`)).toEqual(quiet);
    expect(shell(`pt ${call} | head -1 >/dev/null; exit \${PIPESTATUS[0]}`)).toEqual(quiet);
  });

  test('in Chinese', () => {
    expect(shell('pt list --lang zh >/dev/full').stderr).toContain(
      cannotWriteOutput.what.zh({reason: full.zh}),
    );
  });

  test('where errors cannot be written the exit code still tells', () => {
    expect(shell('pt show no-such-lesson 2>/dev/full').status).toBe(2);
    expect(shell('pt show no-such-lesson 2>&-').status).toBe(2);
    expect(shell('(pt show no-such-lesson; echo $? >&3) 3>code 2>&1 | true; cat code').stdout).toBe('2\n');
  });

  // The shell's limit on the size of files cuts the last write short, as a disk does that fills up.
  test('a file that takes only a part of it is no success', () => {
    expect(shell('ulimit -f 20; pt show teardown --json >out')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('cannot write the output'),
    });
  });
});

describe.skipIf(lacks('named pipes, devices'))('what is no file', () => {
  const pipe = (name: string): string => {
    execFileSync('mkfifo', [at(name)]);
    return at(name);
  };

  test.each([
    ['.config', 'config.json'],
    ['.local/share', 'progress.json'],
  ])('%s/packet-tutor/%s no file: told', (base, name) => {
    const place = at(`${base}/packet-tutor/${name}`);
    mkdirSync(join(place, '..'), {recursive: true});
    execFileSync('mkfifo', [place]);
    const piped = shell('pt list');
    expect([piped.status, piped.stderr]).toEqual([0, expect.stringContaining('is a pipe, not a file')]);
    rmSync(place);
    mkdirSync(place);
    const told = shell('pt list --lang zh');
    expect([told.status, told.stderr]).toEqual([0, expect.stringContaining(`${place} 是一个目录`)]);
    expect(told.stdout).toContain('handshake');
  });

  test('a lesson, answers, a key log, progress: a pipe and a device are refused at once', () => {
    const calls = (name: string): readonly (readonly string[])[] => [
      ['progress', '--import', name],
      ['quiz', 'handshake', '--answers', name],
      ['export', capture, '--format', 'text', '--keylog', name],
    ];
    for (const call of [...calls(pipe('pipe')), ['check', pipe('l.yaml')], ['show', pipe('s.pkt')]])
      expect(run(...call)).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/ is a pipe, not a file\nsave its output to a file/),
      });
    for (const call of [...calls('/dev/zero'), ['show', '/dev/zero'], ['inspect', '/dev/zero']])
      expect(run(...call)).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/ is a device, not a file/),
      });
  });

  test('a capture may come through a named pipe, plain and gzipped', () => {
    const told = {status: 0, stdout: expect.stringContaining('9 packets'), stderr: ''};
    expect(shell(`pt inspect <(cat ${capture})`)).toEqual(told);
    expect(shell(`pt inspect <(gzip -c ${capture})`)).toEqual(told);
    expect(shell(`pt show <(cat ${capture}) --json`).stdout).toContain('"packets":9');
    pipe('live.pcap');
    expect(shell(`cat ${capture} >live.pcap & pt inspect live.pcap`)).toEqual(told);
  });
});

describe('what is read is never written over', () => {
  const isRefused = expect.objectContaining({
    code: 2,
    stderr: expect.stringContaining('writing would destroy it'),
  });

  test('a lesson, and a script', () => {
    copyFileSync(`${root}lessons/foundations/handshake.yaml`, at('handshake.yaml'));
    const lesson = readFileSync(at('handshake.yaml'), 'utf8');
    const written = ['export', 'handshake.yaml', '--format', 'md'];
    expect(run(...written, '-o', 'handshake.yaml')).toEqual(isRefused);
    expect(run(...written, '--keylog', './handshake.yaml')).toEqual(isRefused);
    expect(readFileSync(at('handshake.yaml'), 'utf8')).toBe(lesson);
    expect(run('export', 'handshake', '--format', 'pkt', '-o', 's.pkt').code).toBe(0);
    const script = readFileSync(at('s.pkt'), 'utf8');
    expect(run('export', 's.pkt', '--format', 'text', '-o', 's.pkt')).toEqual(isRefused);
    expect(readFileSync(at('s.pkt'), 'utf8')).toBe(script);
  });

  test('a capture under any of its names', () => {
    copyFileSync(capture, at('c.pcap'));
    linkSync(at('c.pcap'), at('hard.pcap'));
    symlinkSync('c.pcap', at('soft.pcap'));
    for (const name of ['c.pcap', 'hard.pcap', 'soft.pcap'])
      expect(run('export', 'c.pcap', '--format', 'pcapng', '-o', name)).toEqual(isRefused);
    if (isLinux)
      expect(shell('pt export - --format text -o c.pcap <c.pcap').stderr).toContain(
        'writing would destroy it',
      );
    expect(readFileSync(at('c.pcap'))).toEqual(readFileSync(capture));
  });

  test('a file that is called like one of our lessons is none of its sources', () => {
    for (let n = 0; n < 2; n++)
      expect(run('export', 'handshake', '--format', 'text', '-o', 'handshake').code).toBe(0);
  });

  test('progress without records takes no other’s place', () => {
    writeFileSync(at('kept.json'), 'kept');
    expect(run('progress', '--export', 'kept.json')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining(nothingToExport.what.en({file: 'kept.json'})),
    });
    expect(readFileSync(at('kept.json'), 'utf8')).toBe('kept');
    expect(run('progress', '--export', 'new.json').stdout).toBe('0 records written to new.json\n');
  });
});

describe('a writer with a bug', () => {
  const planted = pathToFileURL(join(root, 'test/fixtures/planted-throw.mjs')).href;
  /** `last`: a part of the piece at which it throws. */
  const breaking = (last: string, format: string, ...more: readonly string[]) =>
    runProgram(['export', 'https-tls13', '--format', format, '--keylog', 'keys.txt', ...more], {
      cwd: folder,
      // What starts keep of the program has such a piece in it, too: nobody is to hear of that.
      env: {NODE_OPTIONS: `--import=${planted}`, PLANTED: last, XDG_CACHE_HOME: at('cache')},
    });

  test.each([
    ['svg', '</svg>', 'en'],
    ['html', '</body>', 'zh'],
    ['json', '"type":"end"', 'en'],
  ] as const)('%s: told, no file', (format, last, language) => {
    writeFileSync(at('old'), 'old');
    const told = breaking(last, format, '-o', 'old', '--lang', language);
    expect(told).toMatchObject({code: 1, stdout: ''});
    expect(told.stderr).toMatch(/^[^\n]+\n[^\n]+\n$/);
    expect(told.stderr).toContain(bug.what[language]({message: 'planted'}));
    expect(readdirSync(folder).filter((name) => name !== 'cache')).toEqual(['old']);
    expect(readFileSync(at('old'), 'utf8')).toBe('old');
  });

  test('through a pipe it ends with the same words', () => {
    const told = breaking('</svg>', 'svg');
    expect(told.code).toBe(1);
    expect(told.stdout).not.toContain('</svg>');
    expect(told.stderr).toBe(`packet-tutor: ${bug.what.en({message: 'planted'})}\n${bug.remedy.en}\n`);
  });
});

describe('a full disk', () => {
  const says = (file: string) => expect.stringContaining(cannotWrite.what.en({file, reason: full.en}));

  test.skipIf(noLinux('/dev/full'))('is told with the right verb', () => {
    const told = {code: 2, stdout: '', stderr: says('/dev/full')};
    expect(run('progress', '--export', '/dev/full')).toMatchObject(told);
    expect(run('export', 'handshake', '--format', 'svg', '-o', '/dev/full')).toMatchObject(told);
  });

  test('leaves the old file, and nothing of the new one', (context) => {
    mkdirSync(at('disk'));
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', at('disk')]);
    if (mounted.status !== 0) {
      console.warn('skipped: no tmpfs here');
      return context.skip('no tmpfs here');
    }
    try {
      writeFileSync(at('disk/old.html'), 'old');
      spawnSync('sh', ['-c', 'cat /dev/zero >disk/fill'], {cwd: folder, stdio: 'ignore'});
      const failed = run('export', 'handshake', '--format', 'html', '-o', 'disk/old.html', '--lang', 'zh');
      expect(failed).toMatchObject({code: 2, stderr: expect.stringContaining('磁盘已满（ENOSPC）')});
      expect(readFileSync(at('disk/old.html'), 'utf8')).toBe('old');
      const exported = run('progress', '--export', 'disk/p.json');
      expect(exported).toMatchObject({code: 2, stderr: says('disk/p.json')});
      const made = run('new', 'disk/my-lesson');
      expect(made).toMatchObject({code: 2, stderr: says('disk/my-lesson.yaml')});
      expect(run('new', '--pack', 'disk/my-pack').code).toBe(2);
      expect(readdirSync(at('disk')).sort()).toEqual(['fill', 'old.html']);
    } finally {
      execFileSync('umount', [at('disk')]);
    }
  });
});
