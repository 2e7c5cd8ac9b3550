// The call that a result page offers: all that shaped the round, in words that a shell takes.
import {expect, test} from 'vitest';
import type {Arguments} from '../../source/app/command.ts';
import {roundCall} from '../../source/app/round-call.ts';

const given = (
  positionals: readonly string[],
  options: {readonly [name: string]: string | true},
): Arguments => ({
  positionals,
  flag: (name) => options[name] === true,
  value: (name) => (typeof options[name] === 'string' ? options[name] : undefined),
  list: (name) => (typeof options[name] === 'string' ? [options[name]] : []),
});

test.each([
  [given(['tcp-open'], {exam: true, seed: '77'}), 'quiz tcp-open --exam'],
  [
    given(['dns'], {exam: true, minutes: '20', count: '30', lang: 'zh'}),
    'quiz dns --minutes 20 --count 30 --exam',
  ],
  [
    given([], {source: "it's mine.pcap", connection: '3', simulated: true}),
    "quiz --source 'it'\\''s mine.pcap' --connection 3 --simulated",
  ],
  [
    given(['handshake'], {run: 'base', fault: 'drop@packet=2'}),
    'quiz handshake --run base --fault drop@packet=2',
  ],
])('%#', (args, call) => {
  expect(roundCall(args)).toBe(call);
});
