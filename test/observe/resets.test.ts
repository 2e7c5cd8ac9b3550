// RSTs by hand: RFC 9293 §3.10.7.1 says which number answers which segment, §3.10.7.4 what is thrown away.
import {describe, expect, test} from 'vitest';
import {Resets} from '../../source/observe/resets.ts';
import {Mark} from '../../source/observe/tcp-marks.ts';
import {FIN, RST, segmentOf} from './segments.ts';

type Given = Parameters<typeof segmentOf>[0] & {readonly side: 0 | 1; readonly marks?: number};

/** Frame 1, 2, … */
const after = (...flow: readonly Given[]): Resets => {
  const resets = new Resets();
  flow.forEach(({side, marks = 0, ...given}, index) => {
    resets.take(side, segmentOf({frame: index + 1, atUs: 1000 * index, ...given}), marks);
  });
  return resets;
};

const data = (first: number, more: Partial<Given> = {}): Given => ({
  ...{side: 0, seq: first, ack: 500, text: 'ten octets'},
  ...more,
});
const rst = (seq = 500) => segmentOf({frame: 99, seq, flags: RST});
const answer = (to: number, more: Partial<Given> = {}): Given => ({side: 1, seq: 500, ack: to, ...more});

describe('what a RST answers', () => {
  test('the first of what has not been acknowledged, whatever came behind it or from its sender', () => {
    const fin = data(110, {text: '', flags: FIN});
    const resets = after(data(100), fin, answer(100));
    expect(resets.answers(1, rst())).toEqual({frame: 1, what: 'data'});
    expect(resets.answers(1, rst())).toEqual({frame: 2, what: 'fin'});
    expect(resets.answers(1, rst())).toBeUndefined();
  });

  test('nothing that was acknowledged, no bare ACK, and nothing under another number', () => {
    expect(after(data(100), data(110), answer(110)).answers(1, rst())?.frame).toBe(2);
    expect(after(data(100), answer(110)).answers(1, rst())).toBeUndefined();
    expect(after(data(100, {text: ''})).answers(1, rst())).toBeUndefined();
    expect(after(data(100)).answers(1, rst(501))).toBeUndefined();
    expect(after(data(100)).answers(1, {...rst(), flags: RST | 16})).toBeUndefined();
  });

  test('a keep-alive probe, of which nothing was heard since', () => {
    const probe = data(99, {text: '', marks: Mark.keepAlive});
    expect(after(probe).answers(1, rst())).toEqual({frame: 1, what: 'keepAlive'});
    expect(after(probe, answer(100)).answers(1, rst())).toBeUndefined();
  });

  test('of many that wait the first ones are known', () => {
    const many = Array.from({length: 70}, (_, index) => data(100 + 10 * index));
    const resets = after(...many);
    const frames = Array.from({length: 65}, () => resets.answers(1, rst())?.frame);
    expect([frames[0], frames[63], frames[64]]).toEqual([1, 64, undefined]);
  });

  test('outside the window it is told with what it answers; the first one', () => {
    const resets = after(data(100));
    resets.stray(1, rst());
    resets.stray(0, rst(7));
    expect(resets.strayed).toEqual({frame: 99, side: 1, answers: {frame: 1, what: 'data'}});
    const guessed = after(data(100));
    guessed.stray(1, rst(700));
    expect(guessed.strayed).toEqual({frame: 99, side: 1});
  });
});
