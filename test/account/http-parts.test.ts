// What a packet is labelled with of HTTP: every message that begins in it (RFC 9112 §9.3.2, RFC 9110 §15.2).
import {expect, it} from 'vitest';
import {httpPartIn} from '../../source/account/http-parts.ts';
import {carriedText, plainHand} from '../../source/account/notation.ts';
import {encodeUtf8} from '../../source/wire/utf8.ts';
import {saidCapture} from '../helpers/said-capture.ts';

const labels = (asked: string, answered: string): readonly string[] => {
  const trace = saidCapture(80, [
    {by: 'client', bytes: encodeUtf8(asked)},
    {by: 'server', bytes: encodeUtf8(answered)},
  ]);
  return [3, 4].map((packet) => {
    const found = httpPartIn(trace, packet);
    return found ? carriedText(found.part, plainHand) : '';
  });
};

const get = (target: string): string => `GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`;
const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi';

it('ten pipelined requests of one segment are ten, and so are their answers', () => {
  const targets = Array.from({length: 10}, (_, index) => `/${index}`);
  expect(labels(targets.map(get).join(''), ok.repeat(10))).toEqual([
    targets.map((target) => `GET ${target}`).join(', '),
    Array(10).fill('200 OK').join(', '),
  ]);
});

it('an interim response hides no final one', () => {
  expect(labels(get('/'), `HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n${ok}`)[1]).toBe(
    '103 Early Hints, 200 OK',
  );
});
