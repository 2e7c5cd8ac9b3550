// Words on the screens of lesson zero and of the handshake, by first use: what a newcomer meets, in which order, wherever it stands
// (reading-level.test.ts has what the texts say). A word that comes in, or comes earlier, is looked at here.
import {expect, test} from 'vitest';
import {lessonData} from '../../../source/io/lessons.ts';
import {allTerms} from '../../../source/lesson/term-names.ts';
import {screenLines} from '../../../source/ui/screen-lines.ts';
import {pointsOn} from '../../../source/view/pointing/points.ts';
import {walkThrough} from '../../helpers/lesson-walk.ts';

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
    '1 round-trip time (RTT)',
    '2 SYN',
    '2 seq',
    '4 ACK',
    '4 ack',
    '4 flag, control bit',
    '10 PSH',
    '10 len',
  ]);
});

test('the handshake', async () => {
  expect(await firstUses('handshake')).toEqual([
    '0 three-way handshake',
    '0 linux',
    '0 port',
    '0 seq',
    '0 ack',
    '0 segment',
    '0 flag, control bit',
    '0 header',
    '0 timestamps',
    '0 timer',
    '1 round-trip time (RTT)',
    '1 packet',
    '2 CLOSED',
    '2 LISTEN',
    '2 SYN-SENT',
    '2 snd.una',
    '2 SYN',
    '2 snd.nxt',
    '2 rcv.nxt',
    '2 initial sequence number (ISN)',
    '2 ACK',
    '3 SYN-RECEIVED',
    '7 ESTABLISHED',
    '10 snd.wnd',
    '12 FIN',
    '14 sequence number',
    '18 SYN queue, accept queue',
    '18 len',
  ]);
});
