// How a connection was closed: in packets that others may read, the application's code is hidden behind 0x0c (RFC 9000 §10.2.3).
import {expect, test} from 'vitest';
import {type QuicClose, QuicCloses} from '../../source/observe/quic-close.ts';

const close = (frame: number, more: Partial<QuicClose> = {}): QuicClose => ({
  ...{by: 0, application: false, code: 0x0c, reason: '', frame, ...more},
});

const told = (...closes: readonly QuicClose[]) => {
  const all = new QuicCloses();
  for (const each of closes) all.take(each);
  return [all.first?.frame, all.told?.frame];
};

test('the first one counts, and what its application meant', () => {
  expect(told()).toEqual([undefined, undefined]);
  expect(told(close(1))).toEqual([1, 1]);
  const application = {application: true, code: 0x100};
  expect(told(close(1), close(2, application), close(3, application))).toEqual([1, 2]);
  expect(told(close(1), close(2, {...application, by: 1}))).toEqual([1, 1]);
  expect(told(close(1), close(2))).toEqual([1, 1]);
  expect(told(close(1, {code: 0x0a}), close(2, application))).toEqual([1, 1]);
  expect(told(close(1, {...application, code: 0x0c}), close(2, application))).toEqual([1, 1]);
});
