// An older connection between the same ports answers a SYN with a challenge ACK, which is reset (RFC 9293 §3.10.7.4, RFC 5961 §4).
import {expect, test} from 'vitest';
import {OlderConnection} from '../../source/observe/older-connection.ts';
import {TcpCourse} from '../../source/observe/tcp-course.ts';
import {FIN, RST, SYN, segmentOf} from './segments.ts';

const syn = segmentOf({frame: 1, seq: 100, flags: SYN});

const called = () => {
  const course = new TcpCourse();
  course.take(0, syn);
  return {course, older: new OlderConnection()};
};

const challenge = segmentOf({frame: 2, seq: 7000, ack: 5000});
const reset = segmentOf({frame: 3, seq: 5000, flags: RST});

test('an ACK of something else, and the reset of what it acknowledges; the first ones are told', () => {
  const {course, older} = called();
  const take = (side: 0 | 1, segment: typeof syn) => older.take(side, segment, course);
  expect([take(0, reset), take(1, challenge), take(0, reset)]).toEqual([false, true, true]);
  expect([take(1, {...challenge, frame: 5}), take(0, {...reset, frame: 6})]).toEqual([true, true]);
  expect([older.challengeFrame, older.resetFrame]).toEqual([2, 3]);
});

test.each([
  ['acknowledges the SYN', segmentOf({ack: 101})],
  ['acknowledges nothing', segmentOf({seq: 7000})],
  ['is a SYN,ACK', segmentOf({ack: 5000, flags: SYN})],
  ['is a FIN', segmentOf({ack: 5000, flags: FIN})],
  ['is a reset', segmentOf({ack: 5000, flags: RST})],
])('none: the answer %s', (_, answer) => {
  const {course, older} = called();
  expect(older.take(1, answer, course)).toBe(false);
  expect(older.challengeFrame).toBe(0);
});

test('what is no reset, or of another number, is the new one’s', () => {
  const {course, older} = called();
  older.take(1, challenge, course);
  expect(older.take(0, segmentOf({seq: 5000, ack: 1}), course)).toBe(false);
  expect(older.take(0, {...reset, seq: segmentOf({seq: 5001}).seq}, course)).toBe(false);
  expect(older.resetFrame).toBe(0);
});

test('nobody was seen to call: nothing is older', () => {
  const older = new OlderConnection();
  expect(older.take(1, challenge, new TcpCourse())).toBe(false);
});
