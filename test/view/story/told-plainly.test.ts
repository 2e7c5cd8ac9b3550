// Sentences that say what comes of a fault as the raw events of the run have it, where a close reading missed it; in both languages.

import {expect, test} from 'vitest';
import type {FaultKind} from '../../../source/sim/fault.ts';
import {toldWith} from './told-with.ts';

const edit = (field: string, value: number): FaultKind => ({kind: 'edit', field, value, mend: true});
const copy = (afterUs = 0): FaultKind => ({kind: 'dup', afterUs});

type Faulted = readonly [name: string, packet: number, kind: FaultKind];
type Sentence = readonly [what: string, faulted: Faulted, en: string, zh: string];

const sentences: readonly Sentence[] = [
  [
    'of a copy that was altered, as its arrival says, and not the packet itself',
    ['https-why https-edited', 6, copy()],
    'Packet 6 arrives again: the path made a copy of it. The mitm has changed this copy and recomputed its checksum',
    '第 6 个分组又到了一份：网络多复制了一份。中间人改动了这一份，并重算了校验和',
  ],
  [
    'before the first ACK there is no record, and the cookie is of the SYN before it (RFC 4987 §3.6)',
    ['syn-flood stamps', 11, edit('tcp.seq_raw', 101_001)],
    'The server keeps no record before that ACK, and goes by the cookie alone: the one in ack=3234820850 was made for a SYN with seq=1000, and seq=101001 does not follow that. It answers with RST.',
    '服务器在这个 ACK 到来之前没有记录，只能凭 Cookie 判断：ack=3234820850 里的 Cookie 是为 seq=1000 的 SYN 算的，与 seq=101001 对不上，于是回 RST。',
  ],
  [
    'nor is every number one of its cookies',
    ['syn-flood stamps', 11, edit('tcp.ack_raw', 7)],
    'alone: ack=7 brings back none that it has sent. It answers with RST.',
    '只能凭 Cookie 判断：ack=7 带回的不是它发过的 Cookie，于是回 RST。',
  ],
];

test.each(sentences)('%s', (_what, faulted, en, zh) => {
  const told = toldWith(...faulted);
  expect(told).toContain(en);
  expect(told).toContain(zh);
});
