// `challenge` without a terminal: the list, and moves from standard input, as the contract of the command line has them.
import {expect, test} from 'vitest';
import {runProgram} from '../helpers/run-program.ts';

const asked = (args: readonly string[], ...lines: readonly string[]) =>
  runProgram(['challenge', ...args], {input: new TextEncoder().encode(`${lines.join('\n')}\n`)});
const solve = (id: string, ...lines: readonly string[]) => asked([id], ...lines);

test('the list, for people and for programs', () => {
  const listed = runProgram(['challenge']);
  expect(listed).toMatchObject({code: 0, stderr: ''});
  const all: readonly {readonly [key: string]: unknown}[] = JSON.parse(
    runProgram(['challenge', '--json']).stdout,
  );
  const ids = all.map(({id}) => id);
  expect(ids).toEqual(expect.arrayContaining(['crossed-fins', 'state-machine']));
  for (const id of ids) expect(listed.stdout).toContain(` ${id} `);
  expect(all.find(({id}) => id === 'crossed-fins')).toMatchObject({
    ...{sort: 'make', level: 2, par: 1, solved: false, lesson: 'simultaneous-close'},
    title: {en: expect.any(String), zh: expect.any(String)},
  });
});

test('moves that solve it, and moves that do not', () => {
  const close = 'call=close@host=server,at=1020ms';
  expect(solve('crossed-fins', '# cross', '', close)).toMatchObject({code: 0, stderr: ''});
  expect(solve('crossed-fins', close).stdout).toMatch(/^solved with 1 \(par 1\)\n/);
  expect(solve('crossed-fins')).toMatchObject({code: 1, stderr: ''});
  expect(solve('crossed-fins', close.replace('1020ms', '900ms')).stdout).toContain('CLOSING');
});

test('the first in the list takes one move and has the shortest checklist of its kind', () => {
  const all: readonly {readonly [key: string]: unknown}[] = JSON.parse(
    runProgram(['challenge', '--json']).stdout,
  );
  const makes = all.filter(({level, sort}) => level === 1 && sort === 'make').map(({id}) => id);
  expect(makes[0]).toBe('turned-away');
  // Where the learner plays a host comes after everything else.
  const hands = makes.filter((id) => id === 'handshake' || String(id).startsWith('by-hand'));
  expect(makes.slice(-hands.length)).toEqual(hands);
});

test('nothing changed: what is missing, without a near miss', () => {
  const open = JSON.parse(
    runProgram(['challenge', 'crossed-fins', '--json'], {input: new Uint8Array()}).stdout,
  );
  expect(open).toMatchObject({solved: false, moves: []});
  expect(open).not.toHaveProperty('reason');
  expect(open.missing).not.toEqual([]);
});

test('a generated one, by sort and number or by its id', () => {
  // It asks for the loss that keeps the server's connection longest. Packet 9 is the last ACK of the close.
  expect(asked(['cost', '--seed', '4'], 'drop@packet=9')).toMatchObject({code: 0, stderr: ''});
  expect(solve('cost-4', 'drop@packet=9').stdout).toMatch(/^solved with 1 \(par 1\)\n/);
  expect(solve('cost-4', 'drop@packet=1')).toMatchObject({code: 1, stderr: ''});
  expect(asked(['make', '--seed', '1000000000'])).toMatchObject({code: 2, stdout: ''});
  // A challenge of a file has no number, and changes are moves: what would be without effect is refused by its name.
  for (const options of [
    ['--seed', '4'],
    ['--set', 'path.delay=80ms'],
    ['--fault', 'drop@packet=1'],
    ['--drop', '1'],
  ]) {
    const refused = asked(['turned-away', ...options]);
    expect(refused).toMatchObject({code: 2, stdout: ''});
    expect(refused.stderr).toContain(options[0]);
  }
  expect(solve('make-01').code).toBe(2);
  const shown = runProgram(['show', 'make-1', '--json']).stdout.split('\n');
  expect(JSON.parse(shown[0] ?? '')).toMatchObject({type: 'trace', source: 'make-1'});
});

test('that of a day is the same in both languages, on a day of a generated one, too', () => {
  for (const lang of ['en', 'zh']) {
    const ran = runProgram(['challenge', 'today', '--json', '--lang', lang], {
      env: {PACKET_TUTOR_TEST_NOW: `${Date.UTC(2026, 11, 2)}`},
      input: new TextEncoder().encode('drop@packet=6\n'),
    });
    expect(ran).toMatchObject({code: 0, stderr: ''});
    expect(JSON.parse(ran.stdout)).toMatchObject({id: 'cost-5939', solved: true, par: 1});
  }
});

test('the code of a run by hand replays the same segments, in the player’s place, too', () => {
  const moves = ['answer=flags:SYN+ACK,seq:700,ack:1001'];
  const solved = JSON.parse(asked(['handshake', '--json'], ...moves).stdout);
  expect(solved).toMatchObject({solved: true, moves});
  const shown = runProgram(['show', solved.code, '--json']);
  expect(shown).toMatchObject({code: 0, stderr: ''});
  const lines: readonly {readonly [key: string]: unknown}[] = shown.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines[0]).toMatchObject({source: 'handshake', byHand: 'server', code: solved.code});
  // RFC 9293 §3.5, figure 6: the client acknowledges the number after the one that was chosen.
  const sent = lines.filter(({kind}) => kind === 'send').map(({host, by, summary}) => [host, by, summary]);
  expect(sent).toEqual([
    ['client', undefined, expect.stringContaining('SYN')],
    ['server', 'learner', expect.stringMatching(/SYN.*700.*1001/)],
    ['client', undefined, expect.stringMatching(/ACK.*701/)],
  ]);
  expect(runProgram(['play', solved.code]).stdout).toBe(runProgram(['show', solved.code]).stdout);
  expect(JSON.parse(asked(['handshake', '--json']).stdout).code).toBeNull();
});

test('a code with calls replays them; of what a challenge does not take, and of what is out of bounds, there is none', () => {
  const close = 'call=close@host=server,at=1020ms';
  const {code} = JSON.parse(asked(['crossed-fins', '--json'], close).stdout);
  expect(runProgram(['show', code]).stdout).toContain('CLOSING');
  const parts: readonly unknown[] = JSON.parse(Buffer.from(code.slice(4), 'base64url').toString());
  const forged = (source: string, ...moves: readonly string[]) => {
    const text = JSON.stringify(parts.with(1, source).with(6, moves));
    return runProgram(['show', `pt1-${Buffer.from(text).toString('base64url')}`]);
  };
  const answer = (len: number, seq: number) => `answer=flags:ACK,seq:${seq},ack:1,len:${len}`;
  const sayings: readonly (readonly [ReturnType<typeof forged>, string])[] = [
    [forged('handshake', answer(501, 1)), 'len:500'],
    [forged('handshake', answer(0, 2 ** 32)), 'seq:4294967295'],
    [forged('crossed-fins', answer(0, 1)), 'close'],
    [forged('crossed-fins', close, 'call=close@host=sever,at=1s'), 'server'],
    [forged('dns-cache', close), 'pt1-'],
    // Another moment is another run than the one that the code names.
    [forged('crossed-fins', close.replace('1020', '900')), 'crossed-fins'],
  ];
  for (const [{code: exit, stdout, stderr}, said] of sayings) {
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toContain(said);
  }
});

test.each([
  ['a line that is no move', ['', 'nothing'], '-:2:1'],
  ['a move that is not on offer', ['drop@packet=3'], '-:1:1'],
  ['a fault of several packets', ['delay=200ms@from=client,nth=2-4'], 'packet=3'],
  ['a host that is not there', ['call=close@host=sever,at=1s'], 'server'],
])('%s is refused, with its place', (_, lines, said) => {
  const ran = solve('crossed-fins', ...lines);
  expect(ran).toMatchObject({code: 2, stdout: ''});
  expect(ran.stderr).toContain(said);
});

test.each([
  ['crosed-fins', 'crossed-fins'],
  ['dns-cache', 'dns-cache'],
])('no challenge: %s', (id, near) => {
  const ran = solve(id);
  expect(ran.code).toBe(2);
  expect(ran.stderr).toContain(near);
});
