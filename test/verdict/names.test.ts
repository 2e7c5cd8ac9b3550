// Findings about names, in captures of known cause: each is found where it is, and its near relatives are not.
import {expect, test} from 'vitest';
import {causedFindings, causedIds} from './caused.ts';

const ofNames = /^dns-/;

const causes: readonly (readonly [file: string, ids: readonly string[]])[] = [
  ['dns-slow.pcap', ['dns-slow']],
  ['dns-server-silent.pcap', ['dns-slow', 'dns-server-silent']],
  ['dns-truncated-tcp-blocked.pcap', ['dns-truncated-tcp-blocked']],
  ['fine-dns-truncated-tcp-works.pcap', ['dns-truncated']],
  ['dns-search-list.pcap', ['dns-search-list']],
  ['dns-forged.pcap', ['dns-forged']],
  ['dns-malformed.pcap', ['dns-malformed']],
];

for (const [file, ids] of causes)
  test(`${file} leads to ${ids.join(', ') || 'nothing'}`, () => {
    expect(causedIds(file, ofNames)).toEqual(ids);
  });

// The side file says 5 s until the second server was asked, which answered 11 ms later.
test('a lookup lasts from its first question to its first answer', () => {
  const [slow] = causedFindings('dns-server-silent.pcap') ?? [];
  expect(slow).toMatchObject({id: 'dns-slow', seconds: 5.02, about: {name: 'www.example.test'}});
});

test('a connection of TCP that nobody answers is that of the truncated answer', () => {
  const [blocked] = causedFindings('dns-truncated-tcp-blocked.pcap') ?? [];
  expect(blocked).toMatchObject({connection: 1, frames: [2, 3], numbers: {count: 3}});
});
