// A message as its client has it. Oracles: the events with which the pieces that carry it leave and come, RFC 9112 §6.3.
import {expect, test} from 'vitest';
import {messageOn} from '../../../source/account/http/messages.ts';
import type {Connection, Told} from '../../../source/observe/connections.ts';
import {readingAt} from '../../../source/observe/http-exchanges.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {connectionOf} from '../../helpers/said.ts';

/** Packet n leaves with event 10 n and comes with 10 n + 5. */
const left = (packet: number) => ({n: 10 * packet, atUs: 10 * packet});
const came = (packet: number) => ({n: 10 * packet + 5, atUs: 10 * packet + 5});

const trace = {event: (n) => ({n, atUs: n}) as ReturnType<Trace['event']>} satisfies Pick<Trace, 'event'>;

const exchangesOn = (connection: Connection) =>
  readingAt(connection, Number.POSITIVE_INFINITY).exchanges.map(({request, response}) => ({
    request: request && messageOn(trace, connection, request),
    response: response && messageOn(trace, connection, response),
  }));

const get = 'GET /a HTTP/1.1\r\nHost: a\r\n\r\n';

test('a message has the packets that carry it, and the times of its first byte, its head and its end', () => {
  const exchanges = exchangesOn(
    connectionOf(
      [0, 'GET /a HTTP/1.1\r\n'],
      [0, 'Host: a\r\n\r\nPOST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab'],
      [0, 'cd'],
      [1, 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nh'],
      [1, 'i'],
    ),
  );
  expect(exchanges).toMatchObject([
    {
      request: {packets: [1, 2], began: left(1), known: left(2), ended: left(2)},
      response: {packets: [4, 5], began: came(4), known: came(4), ended: came(5)},
    },
    {request: {packets: [2, 3], began: left(2), known: left(2), ended: left(3)}, response: undefined},
  ]);
});

test('packets stand in the order of the stream, and what waited for another one is read with it', () => {
  const connection = connectionOf([0, 'GET /a HTTP/1.1\r\n'], [0, 'Host: a\r\n'], [0, '\r\n']);
  const late = (told: Told): Told =>
    told.piece.kind === 'bytes' && told.piece.frame > 1
      ? {...told, event: 40, piece: {...told.piece, frame: 6 - told.piece.frame}}
      : told;
  const [exchange] = exchangesOn({...connection, sent: connection.sent.map(late)});
  expect(exchange?.request).toMatchObject({
    packets: [1, 4, 3],
    began: left(1),
    known: left(4),
    ended: left(4),
  });
});

test('a response to HEAD has no content (RFC 9112 §6.3)', () => {
  const head = 'HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n';
  const exchanges = exchangesOn(
    connectionOf(
      [0, head + get],
      [1, 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n'],
      [1, 'HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nabc'],
    ),
  );
  expect(exchanges).toMatchObject([
    {response: {packets: [2], ended: came(2)}},
    {response: {packets: [3], ended: came(3)}},
  ]);
});

test('what ends with the connection ends when FIN has come', () => {
  const body = 'HTTP/1.1 200 OK\r\n\r\nhi';
  expect(exchangesOn(connectionOf([0, get], [1, body]))[0]?.response?.ended).toBeUndefined();
  const [exchange] = exchangesOn(connectionOf([0, get], [1, body], [1, 'end']));
  expect(exchange?.response).toMatchObject({packets: [2], known: came(2), ended: came(3)});
});

test('what was sent to the client and has not come is none of it', () => {
  const connection = connectionOf(
    [0, get],
    [1, 'HTTP/1.1 200 OK\r\n'],
    [1, 'Content-Length: 2\r\n\r\nh'],
    [1, 'i'],
  );
  const untilPacket = (packet: number) =>
    exchangesOn({...connection, arrived: connection.arrived.slice(0, packet)})[0]?.response;
  expect(untilPacket(2)).toBeUndefined();
  expect(untilPacket(3)).toMatchObject({packets: [2, 3], known: came(3)});
  expect(untilPacket(3)?.ended).toBeUndefined();
  expect(untilPacket(4)).toMatchObject({packets: [2, 3, 4], ended: came(4)});
  // Nor is the answer of which the request is still on its way.
  expect(exchangesOn({...connection, arrived: []})[0]?.request).toMatchObject({packets: [1], ended: left(1)});
});

test('octets that were not captured have no packet, and what ends behind them ends all the same', () => {
  const [exchange] = exchangesOn(
    connectionOf([0, get], [1, 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\na'], [1, 2], [1, 'd']),
  );
  expect(exchange?.response).toMatchObject({packets: [2, 4], known: came(2), ended: came(4)});
});
