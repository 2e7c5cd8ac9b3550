// The language (packetdrill's parser.y and lexer.l): what is read, and the place of what cannot be read.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {packetText, spokenText} from '../../../source/drills/packetdrill/notation.ts';
import {parseScript, profileOf} from '../../../source/drills/packetdrill/parse.ts';
import type {ScriptEvent} from '../../../source/drills/packetdrill/script.ts';
import {runs} from '../../helpers/seeds.ts';
import {toldLine} from '../../lesson/told-problem.ts';
import {parsed} from './bench.ts';

const only = (source: string): ScriptEvent => {
  const [event] = parsed(source).events;
  if (event === undefined) throw new Error('no event');
  return event;
};

const problemOf = (source: string): string => {
  const script = parseScript(source);
  if (script.ok) return 'no problem';
  return toldLine(script.error);
};

describe('times', () => {
  test.each([
    ['1.25 `true`', {kind: 'absolute', us: 1_250_000}],
    ['+ .5 `true`', {kind: 'relative', us: 500_000}],
    ['+65 `true`', {kind: 'relative', us: 65_000_000}],
    ['* > . 1:1(0) ack 1', {kind: 'any'}],
    ['+.1~+.25 > . 1:1(0) ack 1', {kind: 'relative', us: 100_000, untilUs: 250_000}],
    ['1~2 > . 1:1(0) ack 1', {kind: 'absolute', us: 1_000_000, untilUs: 2_000_000}],
  ])('%s', (source, time) => {
    expect(only(source).time).toEqual(time);
  });

  test('a blocking call lasts from its beginning to its end', () => {
    const {time, action} = only('+.1...0.25 read(4, ..., 10) = 10');
    expect(time).toEqual({kind: 'relative', us: 100_000});
    expect(action).toMatchObject({kind: 'syscall', call: {blocksUs: 150_000}});
  });
});

describe('packets come back as they were written', () => {
  test.each([
    'S 0:0(0) win 65535 <mss 1460,nop,wscale 6,sackOK,TS val 100 ecr 0>',
    'SEW 0:0(0) win 1',
    'F. 1:1(0) ack 2',
    'P. 4294967295:99(100) ack 1 win 5 urg 3',
    '. 1:1(0) ack 1 <nop,nop,sack 1:2 3:4 5:6>',
    '. 1:1(0) ack 1 <...>',
    'S. ...(0) ack 65538 win 65535 <mss 1460,sackOK,eol,eol>',
    '- 5:8(3)',
    'R. 1!:1!(0) ack 2',
  ])('%s', (text) => {
    const {action} = only(`0 > ${text}`);
    expect(action.kind === 'expect' && packetText(action.packet)).toBe(text);
  });
});

test.each([
  ['- 5:8(3)', 'no flags seq=5 len=3'],
  ['S. 0:0(0) ack 1 win 5 <mss 1460>', 'SYN,ACK seq=0 ack=1 win=5 options=mss 1460'],
  ['FPUEW. ...(0) ack 2', 'FIN,PSH,URG,ACK,ECE,CWR seq=… ack=2'],
])('%s is said as %s', (text, said) => {
  const {action} = only(`0 > ${text}`);
  expect(action.kind === 'expect' && spokenText(action.packet)).toBe(said);
});

test('comments, conditions and lines without an end', () => {
  const source = `// one
--tolerance_usecs=10 /* two
three */
#ifdef FreeBSD
0 \`sysctl -w net.inet.tcp.blackhole=0\` // four
#else
this is not read
#endif
#ifdef STANDARD
nor is this
#endif
+0 close(3) = 0`;
  const script = parsed(source);
  expect(script.options).toMatchObject([{name: 'tolerance_usecs', value: '10'}]);
  expect(script.events.map(({position}) => position.line)).toEqual([5, 12]);
});

test.each([
  ['+0 sysctl(1) = 0\n+0 < S 0:5(3)', '2:8 isNotLong 0 5 3'],
  ['0 > . 1:1(0)', '1:13 ackNAnd'],
  ['0 > S 0:0(0) ack 1', '1:14 ackNAnd'],
  ['0 < S 0:0(0) win 1 <mss 1460,sackOK>', '1:3 theOptionsTake 6'],
  ['0 < S 0:0(0) win 1 <...>', '1:3 onlyStandsIn'],
  ['0 > S 0:0(0) <mms 5>', '1:15 noTCPOption mms'],
  ['0 > S 0:0(0) win 65536', '1:18 tooLarge 65536'],
  ['1 `true`\n0.5 `true`', '2:5 timeGoesBackwards'],
  ['0 read(3, ..., 5 = 5', '1:18 wasExpectedNot ) = 5'],
  ['0 write(3, ..., 0.05) = 1', '1:18 wasExpectedNot ) .05) = 1'],
  ['0 ?', '1:3 wasExpectedNot name ?'],
  ['zero', '1:1 wasExpectedNot seconds zero'],
  ['0 < icmp unreachable nonsense', '1:22 hasNoCode unreachable nonsense'],
])('%j is refused at its place', (source, expected) => {
  expect(problemOf(source)).toBe(expected);
});

test.each([
  ['0 `sysctl -w net.inet.tcp.sack.enable=1`', 'freebsd'],
  ['`../common/defaults.sh`', 'linux'],
  ['0 `sysctl -q net.ipv4.tcp_sack=0`', 'linux'],
  ['0 `sysctl -w packet_tutor.profile=rfc`', 'rfc'],
  ['0 close(3) = 0', 'freebsd'],
])('%s asks for the profile %s', (source, profile) => {
  expect(profileOf(source)).toBe(profile);
});

test('any text is read or refused', () => {
  const piece = fc.constantFrom(
    '0 ',
    '+.1 ',
    '* ',
    '> ',
    '< ',
    'S. ',
    '0:0(0) ',
    'ack 1 ',
    '<mss 1460> ',
    'read(',
    '...',
    ') = ',
    '`',
    '%{ ',
    '}% ',
    '\n',
    '/*',
    '//',
    '#ifdef X',
    '--a=b ',
    '[',
    '{',
    'a=',
    '|',
    '(',
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(piece, {maxLength: 30}).map((pieces) => pieces.join('')),
  );
  fc.assert(
    fc.property(text, (source) => {
      const script = parseScript(source);
      if (script.ok) return;
      expect(script.error.position.line).toBeLessThanOrEqual(source.split('\n').length);
      expect(script.error.message.zh).not.toBe('');
    }),
    {numRuns: runs(2000)},
  );
});
