// What browsers know by themselves and what servers cannot read.

import {expect, test} from 'vitest';
import {meaningsOf} from '../../helpers/meaning.ts';
import {
  copy,
  damaged,
  damagedOnLink,
  drop,
  edit,
  late,
  spokenBeats,
  testTold,
  toldAlone,
} from './told-with.ts';

const shut = edit('tcp.window_size_value', 0);

testTold(
  [
    // A SYN is sent again at 1.130 s, but the next address is tried before that (RFC 8305 §5).
    [
      ['url-to-page dead', 13, drop],
      {says: 'told.notices.timer', host: 'laptop', timer: 'RTO', at: '1.130 s', next: '380 ms'},
    ],
    // Who listens under the address of the server would have the connection in its place.
    [
      ['https-why answered', 1, late(4_000_000)],
      {says: 'told.ends.cut', by: 'until', state: 'SYN-SENT', underWay: 2, inPlace: 'mitm'},
    ],
    // A cache is emptied.
    [['url-to-page moved', 6, copy(30_000)], {says: 'told.names.flushed', host: 'laptop', entries: 1}],
    // A site asks for TLS only (RFC 6797 §8.1); a browser makes https of http by itself (RFC 6797 §8.3).
    [
      ['url-to-page http', 12, copy()],
      {says: 'told.pages.strictKept', host: 'laptop', site: 'www.example.com', days: 365},
      {says: 'told.pages.strictUsed', from: 'http://www.example.com/', to: 'https://www.example.com/'},
      {says: 'told.pages.stale', host: 'laptop', url: 'https://www.example.com/'},
    ],
    // A request goes out once more, where nobody has told why (RFC 9110 §9.2.2).
    [
      ['http-connections idle', 19, damagedOnLink],
      {says: 'told.pages.requests', host: 'client', method: 'GET', target: '/2', again: 'elsewhere'},
    ],
    // A connection brought an answer to another request, and none to this one (RFC 9110 §9.2.2).
    [
      ['cookies-session sizes', 15, edit('tcp.flags', 20)],
      {says: 'told.pages.requests', host: 'browser', method: 'GET', target: '/news', again: 'elsewhere'},
    ],
    // Somebody else sends early data once more, and the server cannot see that (RFC 9846 §8).
    [
      ['https-tls13 early', 51, drop],
      {says: 'told.early.takenAgain', host: 'second server', sender: 'client', at: '5.100 s'},
    ],
    // Nobody can read this request line (RFC 9112 §3).
    [
      ['http-request no-space', 1, drop],
      {says: 'told.pages.requests', target: '/sample/hello.jsp', line: 'GET/sample/hello.jsp HTTP/1.1'},
    ],
    // A request line that cannot be read is answered (RFC 9112 §3).
    [
      ['http-request no-space', 3, drop],
      {says: 'told.pages.cannotRead', host: 'server', status: 400, bytes: 16, line: true},
    ],
    // A response has no target.
    [
      ['http-request no-space', 10, drop],
      {says: 'told.pages.read', host: 'client', status: 400, bytes: 16, unread: true},
    ],
    // A redirect takes method and content along (RFC 9110 §15.4.9).
    [
      ['http-status moved', 9, drop],
      {
        says: 'told.pages.redirected',
        status: 308,
        followed: true,
        content: true,
        to: 'http://www.example.com/upload',
        method: 'POST',
        asked: 'POST',
        change: 'sameContent',
      },
    ],
    // A redirect makes a GET of a POST (RFC 9110 §15.4.2).
    [
      ['http-status moved', 5, drop],
      {
        says: 'told.pages.redirected',
        status: 301,
        followed: true,
        content: true,
        to: 'http://www.example.com/new',
        method: 'GET',
        asked: 'POST',
      },
    ],
    // A redirect leads to the same page (RFC 9110 §15.4).
    [
      ['http-status loop', 5, drop],
      {
        says: 'told.pages.redirected',
        status: 302,
        followed: true,
        self: true,
        to: 'http://www.example.com/loop',
        method: 'GET',
        asked: 'GET',
        change: 'same',
      },
    ],
    // A private key leaks, and opens something (RFC 5246 §F.1.1.2).
    [['https-tls12 rsa', 13, drop], {says: 'told.secured.recovers', host: 'server', client: 41, server: 114}],
    // A private key leaks, and opens nothing (RFC 9846 §F.1).
    [
      ['https-tls12 ecdhe', 13, drop],
      {says: 'told.secured.recoversNot', host: 'server', why: 'noKeyTransport'},
    ],
    // A hello that a closed window keeps back has not left (RFC 9293 §3.8.6.1).
    [
      ['https-tls13 full', 4, shut],
      {says: 'told.secured.server', host: 'server', more: 4, waits: true},
      {says: 'told.windows.persist', host: 'server', data: true, at: '450 ms'},
    ],
    // It leaves when the window has opened, whatever its program says.
    [
      ['http-connections short', 24, shut],
      {says: 'told.data.released', host: 'client', why: 'closed', bytes: 42, since: '500 ms'},
    ],
  ],
  toldAlone,
);

// RFC 9293 §3.10.7.4, fifth check, and RFC 5961 §7: the server has sent up to 9000, and no FIN. The raw events: three connections are
// opened at 200 ms, and no segment of 9002 is ever taken.
test('what comes of a FIN that nobody sent: why nothing is answered, that no further ACK helps, where requests go', () => {
  const told = toldAlone('http-connections slow', 8, edit('tcp.flags', 17));
  expect(told).not.toSay({says: 'told.refused.ack', next: 9002});
  expect(told).not.toSay({says: 'told.refused.throttled', next: 9002});
  expect(told).toSay({says: 'told.refused.throttled', host: 'server', what: 'FIN', sentTo: 9000});
  expect(told).toSay({says: 'told.refused.throttled', host: 'client', ack: 1127, seq: 9001, off: true});
  const what = ['GET /1', 'GET /2', 'GET /3'];
  expect(told).toSay({says: 'told.pages.retries', host: 'client', what, opened: 3});
});

// RFC 9293 §3.3.2: of connections in TIME-WAIT nothing but the end of that is to be expected.
test('a connection goes by its port where there is another that could be meant', () => {
  const told = toldAlone('https-tls12 resumed', 6, drop);
  const synAck = expect.objectContaining({says: 'told.handshake.answersSyn', seq: 9000, ack: 1001});
  expect(told.split('\n').map(meaningsOf)).toContainEqual([synAck]);
  expect(told).toSay({says: 'told.closing.waitOver', host: 'server', port: 54145});
});

// The raw events: the first share is of group 23 (RFC 9846 §4.2.8), the thief’s GET brings Ann’s cookie, the ticket was there at 4.9 s.
test.each([
  ['https-tls13 retry', 1, drop, 14],
  ['cookies-session over-tls', 45, damaged, 30],
  ['https-tls12 resumed', 6, drop, 21],
  ['refused prohibited', 1, drop, 15],
] as const)('of what a fault left as it was the lesson speaks: %s', (name, packet, kind, beat) => {
  expect(spokenBeats(name, packet, kind)).toContain(beat);
});
