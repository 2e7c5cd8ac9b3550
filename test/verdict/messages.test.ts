// Findings about TLS, HTTP and WebSockets, in captures of known cause: each is found where it is, and its near relatives are not.
import {expect, test} from 'vitest';
import {causedFindings, causedIds} from './caused.ts';

const ofMessages = /^(tls|http|http2|http3|websocket|quic)-/;

const causes: readonly (readonly [file: string, ids: readonly string[]])[] = [
  ['tls-plain-mismatch.pcap', ['tls-plain-mismatch']],
  ['tls-nothing-common.pcap', ['tls-nothing-common']],
  ['http2-fault.pcap', ['http2-fault']],
  ['websocket-fault.pcap', ['websocket-fault']],
];

for (const [file, ids] of causes)
  test(`${file} leads to ${ids.join(', ')}`, () => {
    expect(causedIds(file, ofMessages)).toEqual(ids);
  });

// In all three the client offers what nearly every server takes.
test('an alert that does not tell its reason accuses nobody of offering too little', () => {
  expect(causedIds('mix-tls-three-ways.pcap', ofMessages).toSorted()).toEqual([
    'tls-alert',
    'tls-plain-mismatch',
  ]);
});

test('who broke the rules is asked, not who noticed it', () => {
  const [masked] = causedFindings('websocket-fault.pcap') ?? [];
  expect(masked).toMatchObject({id: 'websocket-fault', where: 'client-program', frames: [8, 9]});
});
