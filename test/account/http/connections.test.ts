// The connections of HTTP as their clients see them. Oracles: that a look at a capture in the making changes nothing of what later ones
// tell; the captures' own frames, RFC 9112 §9, RFC 9110 §15.2.
import {describe, expect, test} from 'vitest';
import {httpConnectionsIn} from '../../../source/account/http/connections.ts';
import {todayTrace} from '../../helpers/captured-today.ts';
import {delayed, type Frames, GrowingCapture, interleaved, without} from '../../helpers/growing.ts';
import {some} from '../../helpers/seeds.ts';

const captures = ['14c-http11-pipelining.pcap', '14g-http-head.pcapng', '15a-cookie-login.pcap'] as const;

/** As it comes, two that begin at the same time, one frame late, one missing. */
const ways = (name: string): readonly (readonly [string, Frames])[] => {
  const frames = interleaved([[name, 0]]);
  const middle = frames.length >> 1;
  return [
    ['as it comes', frames],
    [
      'beside names that are asked for',
      interleaved([
        ['13a-dns-full-walk.pcap', 0],
        [name, 20_000],
      ]),
    ],
    ['with a late frame', delayed(frames, middle, 2)],
    ['without a frame', without(frames, middle)],
  ];
};

describe.each(captures)('%s in the making', (name) => {
  test.each(ways(name))('%s', (_, frames) => {
    const capture = new GrowingCapture(frames);
    for (const count of some(
      Array.from(frames, (_, index) => index + 1),
      12,
    )) {
      const grown = httpConnectionsIn(capture.upTo(count));
      expect(grown, `${count} frames`).toEqual(httpConnectionsIn(new GrowingCapture(frames).upTo(count)));
    }
  });
});

// Its side file: "the careless server … answers GET /admin, which was hidden in the chunked body", and the other one 400. Who sends both
// lengths has asked all the same (RFC 9112 §6.3), and `inspect` says so.
test('a request that a strict server refuses has been asked', () => {
  const said = httpConnectionsIn(todayTrace('25g-http-smuggling-cl-te.pcap')).map(({exchanges}) =>
    exchanges
      .flatMap(({request, response}) => [request, response])
      .map((message) => {
        const start = message?.head.start;
        return start?.kind === 'request' ? `${start.method} ${start.target}` : start?.status;
      }),
  );
  expect(said).toEqual([
    ['POST /in', 200],
    ['POST /in', 400],
  ]);
});
