// The transcript against what was drawn by hand, line by line; and its widths in odd cases.

import {expect, test} from 'vitest';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import {simulate} from '../../../source/sim/simulate.ts';
import {type TranscriptInput, transcript} from '../../../source/tell/transcript/transcript.ts';
import {RecordType} from '../../../source/wire/dns/registry.ts';
import {languages} from '../../../source/words/catalogue/language.ts';
import {textWidth} from '../../../source/words/width.ts';
import {shell} from '../../../source/words/written.ts';
import {ask, dnsScenario} from '../../helpers/dns-network.ts';
import '../../helpers/meaning.ts';
import {handshakeScenario, teardownScenario} from '../../helpers/scenarios.ts';

const about = {source: 'handshake', run: 'base'};

const input = (change: Partial<TranscriptInput> = {}): TranscriptInput => ({
  trace: simulate(handshakeScenario(), about),
  title: everywhere({en: 'The three-way handshake', zh: '三次握手'}),
  runName: undefined,
  beats: [],
  digest: 'sha256:…',
  playCommand: shell`packet-tutor play handshake`,
  others: [],
  card: () => undefined,
  ...change,
});

const mockUp = `
handshake  The three-way handshake            seed 1  profile linux
client 192.0.2.10:40000   server 198.51.100.20:80   one way 50 ms

      0 ms  server  listen(80)               CLOSED → LISTEN
      0 ms  client  connect(server:80)       CLOSED → SYN-SENT
      0 ms  client  1 ──▸ server   SYN seq=1000
                    The client picks its initial sequence number, 1000.
     50 ms  server  1 ▸ arrived              LISTEN → SYN-RECEIVED
     50 ms  server  2 ──▸ client   SYN,ACK seq=9000 ack=1001
                    One segment, two jobs: ack=1001 acknowledges the
                    client’s SYN, and seq=9000 announces the server’s own
                    initial sequence number.
    100 ms  client  2 ▸ arrived              SYN-SENT → ESTABLISHED
    100 ms  client  3 ──▸ server   ACK seq=1001 ack=9001
    150 ms  server  3 ▸ arrived              SYN-RECEIVED → ESTABLISHED
                    The server is established 50 ms after the client.

ended: quiet · 3 packets · client ESTABLISHED, server ESTABLISHED
digest sha256:…
play it: packet-tutor play handshake`.trim();

test('is the mock-up', () => {
  const {trace} = input();
  const sends = [...trace.events()].filter(({kind}) => kind === 'send').map(({n}) => n);
  const say = (index: number, event: number, en: string) =>
    ({
      kind: 'narration',
      index,
      event,
      say: everywhere({en, zh: en}),
      show: [],
      panels: undefined,
      note: undefined,
      myth: undefined,
      card: undefined,
    }) as const;
  const beats = [
    say(0, sends[0] ?? 0, 'The client picks its initial sequence number, 1000.'),
    say(
      1,
      sends[1] ?? 0,
      'One segment, two jobs: ack=1001 acknowledges the client’s SYN, and seq=9000 announces the server’s own initial sequence number.',
    ),
    say(2, trace.length, 'The server is established 50 ms after the client.'),
  ];
  expect([...transcript(input({beats}), {language: 'en', ascii: false})].join('\n')).toBe(mockUp);
});

test.each(['en', 'zh'] as const)(
  'a lossy teardown in %s: at most 80 columns, every packet is told',
  (language) => {
    const scenario = teardownScenario({
      faults: [{kind: 'drop', at: {from: 'client', flags: ['FIN'], nth: {first: 1, last: 1}}}],
    });
    const trace = simulate(scenario, about);
    const lines = [...transcript(input({trace}), {language, ascii: false})];
    for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(80);
    for (let id = 1; id <= trace.packetCount; id++)
      expect(lines.some((line) => line.includes(` ${id} ──▸ `))).toBe(true);
    expect(lines.filter((line) => line.includes('✗'))).toHaveLength(1);
    expect(lines.some((line) => line.includes('◷ TLP'))).toBe(true);
  },
);

test('text from outside is harmless', () => {
  const lines = [
    ...transcript(input({title: everywhere({en: 'a\u001b[31mb\u202ec', zh: ''})}), {
      language: 'en',
      ascii: false,
    }),
  ];
  expect(lines[0]).toContain('a␛[31mb·c');
});

test('the other runs stand below, names and titles in columns, none wider than 80', () => {
  const others = [
    {name: 'data-in-syn', title: everywhere({en: 'Data in the SYN', zh: 'SYN 里带数据'})},
    {
      name: 'what-if-1',
      title: everywhere({
        en: 'Nobody closes the server’s end, and the client’s program is gone',
        zh: '没有人关',
      }),
    },
  ];
  const lines = [...transcript(input({others}), {language: 'en', ascii: false})];
  expect(lines.slice(-3)).toEqual([
    'other runs: --run data-in-syn  Data in the SYN',
    '            --run what-if-1    Nobody closes the server’s end, and the client’s',
    '                               program is gone',
  ]);
  expect([...transcript(input({others}), {language: 'zh', ascii: false})].at(-1)).toBe(
    '          --run what-if-1    没有人关',
  );
});

test('a run that is not TCP says so below its hosts, in both languages and within the width', () => {
  const trace = simulate(handshakeScenario({notTcp: ['acceptWithoutThirdStep', 'skipTimeWait']}), about);
  for (const language of languages) {
    const [first = '', second = '', blank] = [...transcript(input({trace}), {language, ascii: false})].slice(
      2,
      5,
    );
    for (const line of [first, second]) expect(textWidth(line)).toBeLessThanOrEqual(80);
    const said = `${first}${language === 'en' ? ' ' : ''}${second}`;
    expect(said).toSay({says: 'not-tcp.deviations.acceptWithoutThirdStep'});
    expect(said).toSay({says: 'not-tcp.deviations.skipTimeWait'});
    expect(blank).toBe('');
  }
  const real = [...transcript(input(), {language: 'en', ascii: false})].join('\n');
  expect(real).not.toSay({says: 'not-tcp.deviations.skipTimeWait'});
});

test('that programs still listen is no end of a run', () => {
  const trace = simulate(
    dnsScenario([ask(0, {call: 'resolve', name: 'y.abc.com', type: RecordType.A})]),
    about,
  );
  const lines = [...transcript(input({trace}), {language: 'en', ascii: false})];
  expect(lines.find((line) => line.startsWith('ended:'))).toBe('ended: quiet · 8 packets');
});
