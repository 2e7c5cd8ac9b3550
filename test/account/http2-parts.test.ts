// What packets say of HTTP/2 in one line. Oracle: tshark's info column of the same packets, in our words.
import {expect, test} from 'vitest';
import {http2PartIn} from '../../source/account/http2-parts.ts';
import {carriedText, openedText, plainHand} from '../../source/account/notation.ts';
import {openedParts} from '../../source/account/opened-parts.ts';
import {earHands, eyeHands} from '../../source/words/hands.ts';
import {todayTrace} from '../helpers/captured-today.ts';

const lineOf = (name: string, packet: number): string => {
  const trace = todayTrace(name);
  const opened = openedText(openedParts(trace, packet), plainHand);
  const part = http2PartIn(trace, packet);
  return opened || (part ? carriedText(part, plainHand) : '');
};

const clear = '21c-h2-priorities-window-updates.pcap';

test.each([
  [
    clear,
    6,
    'preface, SETTINGS, PRIORITY stream 3, 5, 7, 9, 11, HEADERS stream 13: GET /size/20000, HEADERS stream 15: GET /size/9000, HEADERS stream 17: GET /size/12000',
  ],
  [clear, 10, 'SETTINGS ACK'],
  [
    clear,
    11,
    'SETTINGS ACK, HEADERS stream 13: 200, HEADERS stream 15: 200, HEADERS stream 17: 200, DATA stream 13: 4095 B …',
  ],
  [clear, 12, '… DATA stream 13: 4095 B …'],
  [clear, 60, 'GOAWAY NO_ERROR'],
  // It completes no frame, and is no TLS.
  [clear, 9, ''],
  ['21e-h2-ping-reset-goaway.pcap', 21, '[PING]'],
  ['21e-h2-ping-reset-goaway.pcap', 23, '[PING ACK]'],
  ['21e-h2-ping-reset-goaway.pcap', 34, '[RST_STREAM stream 3: CANCEL]'],
  ['21m-h2-trailers.pcapng', 22, '[HEADERS stream 1: trailers]'],
  ['21i-h2c-upgrade.pcap', 10, 'preface, SETTINGS, WINDOW_UPDATE +33488897 B'],
] as const)('%s, packet %i', (name, packet, line) => expect(lineOf(name, packet)).toBe(line));

test('what the eye and the ear get, in both languages', () => {
  const part = http2PartIn(todayTrace(clear), 12);
  if (!part) throw new Error('no HTTP/2');
  const words = [eyeHands.en, eyeHands.zh, earHands.en, earHands.zh].map((hand) => carriedText(part, hand));
  expect(words).toEqual([
    '… DATA stream 13: 4095 B …',
    '… DATA 流 13: 4095 B …',
    'more of DATA stream 13: 4095 B begins',
    'DATA 流 13: 4095 B 开始 的后续',
  ]);
});
