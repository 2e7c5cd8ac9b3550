// The text that a program has got, from the segments that carried it.
import {expect, test} from 'vitest';
import {lettersHad} from '../../source/account/letters.ts';
import {seq} from '../../source/wire/seq.ts';
import {handshakeScenario} from '../helpers/scenarios.ts';
import {run} from '../helpers/traces.ts';

const sends = (text: string, atUs: number) => ({
  when: {kind: 'at', atUs} as const,
  host: 'client',
  action: {
    ...({call: 'send', of: 'c', bytes: text.length} as const),
    octets: Buffer.from(text).toString('base64url'),
  },
});

test.each([1000, 4_294_967_293])('two pieces of “hello” are in their order, counted from %i', (iss) => {
  const plain = handshakeScenario({});
  const trace = run({
    ...plain,
    hosts: plain.hosts.map((host) => (host.name === 'client' ? {...host, iss: seq(iss)} : host)),
    script: [...plain.script, sends('he', 300_000), sends('llo', 600_000)],
  });
  expect(lettersHad(trace, 'server', trace.length)).toBe('hello');
});
