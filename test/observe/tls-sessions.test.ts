// TLS of recorded connections, closed and with the secrets that were kept. Oracle: the captures' side files, made with tshark.
import {describe, expect, test} from 'vitest';
import {exchangesAt} from '../../source/observe/http-exchanges.ts';
import {type TlsSession, tlsSessionsIn} from '../../source/observe/tls-sessions.ts';
import {cipherSuiteName} from '../../source/wire/tls/cipher-suites.ts';
import {alertName, versionName} from '../../source/wire/tls/registry.ts';
import {capturedTrace} from '../helpers/captured.ts';
import {told as exchangeTold} from './http-told.ts';
import {openedTrace, type SideFile, sideFileOf, tlsCaptures} from './tls-captured.ts';

/** `hello_retry_request` is a ServerHello to tshark. */
const words = (name: string): string =>
  name
    .replace('hello_retry_request', 'server_hello')
    .split('_')
    .map((word) => (word === 'of' ? word : word.replace(/^./, (letter) => letter.toUpperCase())))
    .join(' ')
    .replace(/\bCa$/, 'CA');

const summary = (session: TlsSession) => ({
  stream: session.connection.id - 1,
  version: session.version === undefined ? null : versionName(session.version),
  cipherSuite: session.suite === undefined ? null : cipherSuiteName(session.suite),
  sni: session.serverName ?? null,
  alpnOffered: session.alpnOffered,
  versionsOffered: session.versionsOffered.map(versionName),
  sessionResumed: session.resumed ?? null,
  helloRetryRequest: session.hellos.retry !== undefined,
});

type Told = SideFile['tls'];

const expected = ({stream, version, cipherSuite, sni, ...rest}: Told) => {
  const {alpnOffered, versionsOffered, sessionResumed, helloRetryRequest} = rest;
  return {stream, version, cipherSuite, sni, alpnOffered, versionsOffered, sessionResumed, helloRetryRequest};
};

const toldOf = ({tls, tlsSessions}: SideFile): readonly Told[] => tlsSessions ?? [tls];

describe.each(tlsCaptures)('%s', (name) => {
  const told = toldOf(sideFileOf(name));
  const [closed, open] = [capturedTrace(name), openedTrace(name)];

  test('version, suite, name and offers need no secrets', () => {
    expect(tlsSessionsIn(closed).map(summary)).toEqual(told.map(expected));
  });

  test('with the secrets the chosen protocol', () => {
    expect(tlsSessionsIn(open).map(({alpn}) => alpn ?? null)).toEqual(told.map(({alpn}) => alpn));
  });

  test('with the secrets every message and every alert, in its packet', () => {
    const sessions = tlsSessionsIn(open);
    const messages = sessions.map(({messages: all}) =>
      all.map(({frame, name: message}) => ({frame, message: words(message)})),
    );
    expect(messages).toEqual(told.map(({handshake}) => handshake));
    const alerts = sessions.map((session) =>
      session.alerts.map(({frame, description}) => ({frame, description: words(alertName(description))})),
    );
    const known = told.map((each) =>
      each.alerts.map(({frame, description}) => ({frame, description: description.replace(/ \(\d+\)$/, '')})),
    );
    expect(alerts).toEqual(known);
    expect(sessions.flatMap(({closed: still}) => still)).toEqual([]);
  });

  test('with the secrets the same HTTP, without them none', () => {
    const {http = []} = sideFileOf(name);
    const expectedHttp = http.map(({stream: _, ...rest}) => rest);
    expect(exchangesAt(open, open.length).map((exchange) => exchangeTold(exchange, open))).toEqual(
      expectedHttp,
    );
    expect(exchangesAt(closed, closed.length)).toEqual([]);
  });
});
