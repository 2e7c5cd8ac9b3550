// Words on the screens of lesson zero and of the handshake, by first use: what a newcomer meets, in which order, wherever it stands
// (reading-level.test.ts has what the texts say). A word that comes in, or comes earlier, is looked at here.
import {expect, test} from 'vitest';
import {lessonData} from '../../../source/io/lessons.ts';
import {allTerms} from '../../../source/lesson/term-names.ts';
import {screenLines} from '../../../source/ui/screen-lines.ts';
import {pointsOn} from '../../../source/view/pointing/points.ts';
import {walkThrough} from '../../helpers/lesson-walk.ts';
import {thorough} from '../../helpers/seeds.ts';

const told = (_: unknown, error: unknown): never => {
  throw error;
};

/** Each word with the first screen that has it, the opening being 0. */
const firstUses = async (id: string): Promise<readonly string[]> => {
  const terms = allTerms(lessonData());
  const seen = new Map<string, number>();
  for (const [place, state] of (await walkThrough(id, 'en')).entries())
    for (const {name, is} of pointsOn(screenLines(state, {columns: 120, rows: 40}, told), terms)) {
      expect(is.en.length * is.zh.length, name.en).toBeGreaterThan(0);
      if (!seen.has(name.en)) seen.set(name.en, place);
    }
  return [...seen].map(([name, place]) => `${place} ${name}`);
};

test('lesson zero', async () => {
  expect(await firstUses('first-packet')).toEqual([
    '0 packet',
    '0 linux',
    '0 round-trip time (RTT)',
    '1 SYN',
    '1 seq',
    '1 address, IP address',
    '3 ACK',
    '3 ack',
    '5 flag, control bit',
    '9 PSH',
    '9 len',
    '15 three-way handshake',
  ]);
});

test('the handshake', async () => {
  expect(await firstUses('handshake')).toEqual([
    '0 three-way handshake',
    '0 linux',
    '0 sequence number',
    '0 seq',
    '0 ack',
    '0 segment',
    '0 flag, control bit',
    '0 packet',
    '1 round-trip time (RTT)',
    '1 CLOSED',
    '1 LISTEN',
    '1 SYN-SENT',
    '1 SYN',
    '1 initial sequence number (ISN)',
    '1 ACK',
    '3 SYN-RECEIVED',
    '3 acknowledgment number',
    '7 rcv.nxt',
    '8 ESTABLISHED',
    '16 FIN',
    '18 snd.una',
    '18 snd.nxt',
    '19 SYN queue, accept queue',
  ]);
});

/** The subject of the lesson, and what its goals say that it explains. */
const own = ['three-way handshake', 'segment', 'sequence number'];

thorough('what the opening of the handshake says has been met in the lessons that it needs', async () => {
  const before = await Promise.all(['first-packet'].map(firstUses));
  const known = new Set([...own, ...before.flat().map((use) => use.replace(/^\d+ /, ''))]);
  const early = (await firstUses('handshake')).filter((use) => use.startsWith('0 '));
  expect(early.filter((use) => !known.has(use.slice(2)))).toEqual([]);
});
