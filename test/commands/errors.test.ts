// What people get wrong on the command line: two lines on standard error, the place, the remedy, the exit code.
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {lessonFiles} from '../../scripts/lesson-files.ts';
import {idleFault, sameEdit} from '../../source/words/catalogue/errors.ts';
import {root} from '../helpers/root.ts';
import {runProgram} from '../helpers/run-program.ts';
import {some, thorough} from '../helpers/seeds.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
  const good = readFileSync(`${root}lessons/foundations/handshake.yaml`, 'utf8').replace(
    'id: handshake',
    'id: mine',
  );
  const write = (name: string, text: string | Uint8Array): void => writeFileSync(join(folder, name), text);
  write('mine.yaml', good);
  write('key.yaml', good.replace('id: mine', 'id: key').replace(/^topology:/m, 'toplogy:'));
  write('never.yaml', good.replace('id: mine', 'id: never').replace(/^beats:\n/m, `beats:\n${neverBeat}`));
  write('syntax.yaml', good.replace('id: mine', 'id: syntax').replace(/^minutes: .*/m, 'minutes: [8'));
  write('latin.yaml', Uint8Array.of(0x69, 0x64, 0x3a, 0xe9));
  write('picture.pcap', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a));
  write('notes.txt', 'hello');
});
afterAll(() => rmSync(folder, {recursive: true}));

const lessons = lessonFiles(`${root}lessons`);

const neverBeat =
  '  - when: {sends: client, flags: [FIN]}\n    show: []\n    say: {en: Never., zh: 从不。}\n';

type Wrong = {
  readonly args: readonly string[];
  readonly code: 1 | 2;
  readonly says: RegExp;
  readonly remedy: RegExp;
};

const recorded = `${root}test/fixtures/captures/16c-tls12-ecdhe-rsa.pcapng`;

const wrong: readonly Wrong[] = [
  {
    args: ['show', 'handshake', '--set', 'path.mtu=10'],
    code: 2,
    says: /“10” cannot be the value of path\.mtu$/,
    remedy: /from 68 to 65535/,
  },
  {
    args: ['show', 'handshake', '--set', 'path.dealy=10ms'],
    code: 2,
    says: /no setting path\.dealy/,
    remedy: /path\.delay/,
  },
  {
    args: ['show', recorded, '--set', 'path.delay=10ms'],
    code: 2,
    says: /--set does not work with a capture/,
    remedy: /lesson/,
  },
  {
    args: ['show', 'handshake', '--keylog', 'some.keys'],
    code: 2,
    says: /--keylog is for captures only$/,
    remedy: /give a capture$/,
  },
  {
    args: ['show', recorded, '--keylog', 'no-such.keys'],
    code: 2,
    says: /no file no-such\.keys$/,
    remedy: /check the name/,
  },
  {
    args: ['show', recorded, '--keylog', 'notes.txt'],
    code: 2,
    says: /notes\.txt contains no TLS secrets$/,
    remedy: /SSLKEYLOGFILE/,
  },
  {
    args: ['play', 'teardown', '--run', 'what-if-9'],
    code: 2,
    says: /teardown has no run “what-if-9”$/,
    remedy: /did you mean what-if-1\? known: base, never-closes, orphan, what-if-1, what-if-2/,
  },
  {
    args: ['play', 'teardown', '--speed', '3'],
    code: 2,
    says: /--speed cannot be “3”$/,
    remedy: /^known: 0\.25, 0\.5, 1, 2, 4, 8$/,
  },
  {
    args: ['play', 'teardown', '--at', 'TIME-WAIT'],
    code: 2,
    says: /“TIME-WAIT” is not a place in a run$/,
    remedy: /enters: TIME-WAIT/,
  },
  {
    args: ['play', 'teardown', '--at', 'enters: TIME-WAITT'],
    code: 2,
    says: /“enters: TIME-WAITT” is not a place: /,
    remedy: /did you mean TIME-WAIT\?/,
  },
  {
    args: ['play', 'teardown', '--at', 'enters: CLOSING'],
    code: 2,
    says: /“enters: CLOSING” does not happen in this run$/,
    remedy: /packet-tutor show teardown/,
  },
  {
    args: ['play', 'teardown', '--at', '99h'],
    code: 2,
    says: /this run is over before 99h$/,
    remedy: /the run ends at 61\.35 s/,
  },
  {
    args: ['check', 'key.yaml'],
    code: 1,
    says: /key\.yaml: .*toplogy.* \(key\.yaml:\d+:\d+\)$/,
    remedy: /topology/,
  },
  {
    args: ['check', 'never.yaml'],
    code: 1,
    says: /never\.yaml: beat .* \(never\.yaml:\d+:\d+\)$/,
    remedy: /FIN/,
  },
  {args: ['check', 'syntax.yaml'], code: 1, says: /syntax\.yaml: .* \(syntax\.yaml:\d+:\d+\)$/, remedy: /./},
  {args: ['play', 'syntax.yaml'], code: 1, says: /\(syntax\.yaml:\d+:\d+\)$/, remedy: /./},
  {args: ['check', 'nowhere.yaml'], code: 2, says: /no file nowhere\.yaml$/, remedy: /check the name/},
  {args: ['check', 'latin.yaml'], code: 2, says: /not UTF-8/, remedy: /UTF-8/},
  {
    args: ['check', 'notes.txt'],
    code: 2,
    says: /check cannot read this kind of file: .*notes\.txt$/,
    remedy: /\.yaml/,
  },
  {
    args: ['show', 'notes.txt'],
    code: 2,
    says: /play cannot read this kind of file: notes\.txt/,
    remedy: /\.pcap/,
  },
  {args: ['play', 'nowhere.pcap'], code: 2, says: /no file nowhere\.pcap$/, remedy: /check the name/},
  {
    args: ['play', 'picture.pcap'],
    code: 2,
    says: /begins with 89 50 4e 47 \(a PNG picture\)$/,
    remedy: /\.pcap/,
  },
  {args: ['play', '.'], code: 2, says: /cannot read this kind|is a folder/, remedy: /./},
  {args: ['play', 'handshke'], code: 2, says: /no lesson “handshke”$/, remedy: /did you mean handshake\?/},
  {
    args: ['show', 'handshake', '--seed', 'abc'],
    code: 2,
    says: /--seed must be a whole number from 0 to 4294967295; got “abc”$/,
    remedy: /--seed/,
  },
  {args: ['show', 'handshake', '--seed'], code: 2, says: /--seed needs a value$/, remedy: /--seed 7/},
  {args: ['show', 'handshake', '--seed', '-1'], code: 2, says: /got “-1”$/, remedy: /--seed/},
  {args: ['show', 'handshake', '--sed', '1'], code: 2, says: /no option --sed$/, remedy: /--seed/},
  {
    args: ['show', 'handshake', '--profile', 'linus'],
    code: 2,
    says: /--profile cannot be “linus”$/,
    remedy: /linux/,
  },
  {args: ['show', 'handshake', '--run', 'bse'], code: 2, says: /handshake has no run “bse”$/, remedy: /base/},
  {args: ['show', 'handshake', '--drop', '99'], code: 2, says: /no packet 99 to lose/, remedy: /1 to 3/},
  {
    args: ['show', 'handshake', '--fault', 'drop@from=clint'],
    code: 2,
    says: /no host “clint”$/,
    remedy: /client/,
  },
  {
    args: ['show', 'handshake', '--fault', 'lose@packet=1'],
    code: 2,
    says: /not a fault: no fault “lose”/,
    remedy: /--fault/,
  },
  {
    args: ['show', 'dns-recursion', '--fault', 'edit:tcp.flags.fin=1@packet=2'],
    code: 2,
    says: /“edit:tcp\.flags\.fin=1@packet=2”: packet 2 has no field tcp\.flags\.fin$/,
    remedy: /^packet 2 has: dns\.id, /,
  },
  {
    args: ['play', 'teardown', '--fault', 'edit:dns.id=1@packet=99'],
    code: 2,
    says: /“edit:dns\.id=1@packet=99”: no packet of this run has the field dns\.id$/,
    remedy: /tcp\.srcport/,
  },
  {
    args: ['export', 'teardown', '--fault', 'edit:tcp.flags.fni=1@packet=2', '--format', 'pcap'],
    code: 2,
    says: /packet 2 has no field tcp\.flags\.fni$/,
    remedy: /^did you mean tcp\.flags\.fin\? packet 2 has: tcp\.srcport/,
  },
  {
    args: ['show', 'teardown', '--fault', 'edit:tcp.hdr_len=22@packet=2'],
    code: 2,
    says: /“edit:tcp\.hdr_len=22@packet=2”: tcp\.hdr_len takes 0 to 60 in steps of 4$/,
    remedy: /^write a number from 0 to 60 that 4 divides$/,
  },
  {
    args: ['quiz', 'dns-recursion', '--fault', 'edit:tcp.flags.fin=1@packet=2', '--json'],
    code: 2,
    says: /packet 2 has no field tcp\.flags\.fin$/,
    remedy: /dns\.id/,
  },
  {args: ['show', 'pt1-nonsense'], code: 2, says: /not a replay code/, remedy: /pt1-/},
  {args: ['shw', 'handshake'], code: 2, says: /no command “shw”$/, remedy: /did you mean show\?/},
  {args: ['handshake'], code: 2, says: /no command “handshake”$/, remedy: /play handshake/},
  {args: ['show'], code: 2, says: /show needs SOURCE$/, remedy: /show handshake/},
  {args: ['show', 'handshake', 'more'], code: 2, says: /show does not take “more”$/, remedy: /--help/},
  {args: ['export', 'handshake'], code: 2, says: /export needs --format$/, remedy: /pcapng/},
  {
    args: ['export', 'handshake', '--format', 'pcpng'],
    code: 2,
    says: /--format cannot be “pcpng”$/,
    remedy: /pcapng/,
  },
  {
    args: ['export', 'handshake', '--format', 'pcap', '--at', 'sever'],
    code: 2,
    says: /no host “sever”$/,
    remedy: /server/,
  },
  {
    args: ['export', 'handshake', '--format', 'svg', '--at', 'client'],
    code: 2,
    says: /--at is for captures and scripts: svg shows all hosts at once$/,
    remedy: /pcapng/,
  },
  {
    args: ['export', 'handshake', '--format', 'text', '-o', 'no/where'],
    code: 2,
    says: /cannot write no\/where: the folder is not there \(ENOENT\)$/,
    remedy: /^name another file or folder$/,
  },
];

test.each(some(wrong, 3))('packet-tutor $args', ({args, code, says, remedy}) => {
  const ran = runProgram([...args], {cwd: folder});
  expect(ran.code).toBe(code);
  expect(ran.stdout).toBe('');
  const lines = ran.stderr.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^packet-tutor: /);
  expect(lines[0]).toMatch(says);
  expect(lines[1]).toMatch(remedy);
  expect(lines).toHaveLength(2);
});

describe('in Chinese', () => {
  test('by option, also for errors about options', () => {
    const ran = runProgram(['play', 'handshke', '--lang', 'zh']);
    expect(ran.stderr).toBe(
      `packet-tutor: 没有名为「handshke」的课程\n是不是 handshake？全部 ${lessons.length} 课见 packet-tutor list\n`,
    );
  });

  test.each([
    [{PACKET_TUTOR_LANG: 'zh', LANG: 'en_US.UTF-8'}, true],
    [{LC_ALL: 'C', LANG: 'zh_CN.UTF-8'}, false],
    [{LC_MESSAGES: 'zh_TW.UTF-8', LANG: 'C'}, true],
    [{LANG: 'zh_CN.UTF-8'}, true],
  ])('by environment %o', (env, chinese) => {
    expect(/没有/.test(runProgram(['play', 'handshke'], {env}).stderr)).toBe(chinese);
  });
});

thorough('check goes on after a bad file and ends with the worst code', () => {
  const ran = runProgram(['check', 'key.yaml', 'mine.yaml', '--json'], {cwd: folder});
  const [bad, good] = ran.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(bad).toMatchObject({
    file: 'key.yaml',
    ok: false,
    error: {line: expect.any(Number), column: expect.any(Number)},
  });
  expect(good).toEqual({file: 'mine.yaml', ok: true});
  expect(ran.code).toBe(1);
});

test('names from outside cannot speak to the terminal', () => {
  const ran = runProgram(['play', 'a\u001b[2Jb.pcap']);
  expect(ran.stderr).toContain('no file a␛[2Jb.pcap');
});

test('a fault that no packet of the run is like changes nothing, and that is said', () => {
  const plain = runProgram(['show', 'handshake']);
  const events = (text: string): readonly string[] => text.match(/^ +digest .*|^ +\d.*/gm) ?? [];
  const asked = (fault: string) => runProgram(['show', 'handshake', '--fault', fault]);
  const same = asked('edit:tcp.ack_raw=9001@packet=3');
  const edit = {fault: 'edit:tcp.ack_raw=9001@packet=3', packet: 3, field: 'tcp.ack_raw', value: '9001'};
  expect(same.stderr).toMatch(sameEdit.what.en(edit));
  expect([same.code, events(same.stdout)]).toEqual([0, events(plain.stdout)]);
  for (const fault of ['drop@packet=9', 'dup@flags=FIN', 'delay=1s@from=client,nth=3']) {
    const {code, stdout, stderr} = asked(fault);
    expect(stderr).toMatch(idleFault.what.en({fault, count: 3}));
    expect([code, events(stdout)]).toEqual([0, events(plain.stdout)]);
  }
  expect(asked('drop@packet=1').stderr).toBe('');
});
