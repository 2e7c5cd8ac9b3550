// RFC 8448 §3 to §5 by our own machines: with the private keys and randoms of the traces they send their very bytes.
import {describe, expect, test} from 'vitest';
import {nodeCrypto} from '../../../source/io/crypto.ts';
import {tlsClient, tlsServer} from '../../../source/stack/tls/connection.ts';
import {tlsServerDefaults} from '../../../source/stack/tls/settings.ts';
import {hexOf, octetsOf} from '../../../source/wire/octets.ts';
import {End} from './pair.ts';
import {
  certificate,
  computed,
  join,
  message,
  record,
  resumedPrivate,
  resumedRecord,
  resumedSecret,
  retriedPrivate,
  retriedRecord,
  serverKey,
  serverPrivate,
} from './rfc8448.ts';
import {client, drawn, raw, recordSizeLimit, settings} from './rfc8448-client.ts';

const data = Uint8Array.from({length: 50}, (_, i) => i);

/** The salt of the trace's signature, from the signature itself (RFC 8017 §9.1.2). */
const salt = (): Uint8Array => {
  const signature = message('CertificateVerify').subarray(8);
  const {publicKey} = nodeCrypto.certificateKey(certificate) ?? {publicKey: new Uint8Array()};
  const em = nodeCrypto.rsaPublic(publicKey, signature) ?? new Uint8Array();
  const h = em.subarray(95, 127);
  const mask = join(...[0, 1, 2].map((n) => nodeCrypto.hash('sha256', join(h, Uint8Array.of(0, 0, 0, n)))));
  return em.slice(63, 95).map((octet, i) => octet ^ (mask[63 + i] ?? 0));
};

const server = () =>
  new End(
    tlsServer({
      ...tlsServerDefaults,
      ticketKey: new Uint8Array(32),
      // The ticket of the trace is sealed by a key that it does not tell.
      tickets: 0,
      credentials: [{chain: [certificate], privateKey: serverKey()}],
      extensions: [raw(10, octetsOf('0012001d00170018001901000101010201030104')), recordSizeLimit],
    }),
    drawn({
      'server random': message('ServerHello').slice(6, 38),
      'server key share x25519': serverPrivate,
      'server salt': salt(),
    }),
  );

const sent = (end: End): string => hexOf(join(...end.take()));
const bytes = (data: Uint8Array) => ({kind: 'bytes', data}) as const;

const secrets = {
  CLIENT_HANDSHAKE_TRAFFIC_SECRET: 'client_handshake_traffic_secret',
  SERVER_HANDSHAKE_TRAFFIC_SECRET: 'server_handshake_traffic_secret',
  CLIENT_TRAFFIC_SECRET_0: 'client_application_traffic_secret_0',
  SERVER_TRAFFIC_SECRET_0: 'server_application_traffic_secret_0',
  EXPORTER_SECRET: 'exporter_master_secret',
} as const;

const checkSecrets = (end: End): void => {
  const told = Object.fromEntries(end.of('secret').map(({label, secret}) => [label, hexOf(secret)]));
  const expected = Object.entries(secrets).map(([label, name]) => [label, hexOf(computed(name))]);
  expect(told).toEqual(Object.fromEntries(expected));
};

describe('the client', () => {
  test('says what the trace says, to the last record', () => {
    const end = client().happen({kind: 'open'});
    expect(sent(end)).toBe(hexOf(record('ClientHello')));
    end.happen(bytes(record('ServerHello'))).happen(bytes(record('serverFlight')));
    expect(sent(end)).toBe(hexOf(record('clientFinished')));
    end.happen(bytes(record('NewSessionTicket')));
    end.happen({kind: 'write', data});
    expect(sent(end)).toBe(hexOf(record('clientData')));
    end.happen(bytes(record('serverData')));
    expect(end.of('deliver').map((one) => one.data)).toEqual([data]);
    end.happen({kind: 'close'});
    expect(sent(end)).toBe(hexOf(record('clientCloseNotify')));
    end.happen(bytes(record('serverCloseNotify')));
    expect([end.state, end.alerts]).toEqual(['CLOSED', ['sent close_notify', 'received close_notify']]);
    checkSecrets(end);
  });

  test('takes the ticket, with the PSK of §4', () => {
    const end = client().happen({kind: 'open'});
    for (const name of ['ServerHello', 'serverFlight', 'NewSessionTicket']) end.happen(bytes(record(name)));
    const [session] = end.sessions;
    expect(session && hexOf(session.psk)).toBe(
      '4ecd0eb6ec3b4d87f5d6028f922ca4c5851a277fd41311c9e62d2c9492e1c4f3',
    );
    expect(session).toMatchObject({lifetimeS: 30, ageAdd: 0xfad6aac5, maxEarlyData: 1024});
  });
});

describe('the server', () => {
  test('says what the trace says, signature included', () => {
    const end = server()
      .happen({kind: 'open'})
      .happen(bytes(record('ClientHello')));
    expect(sent(end)).toBe(hexOf(record('ServerHello')) + hexOf(record('serverFlight')));
    end.happen(bytes(record('clientFinished'))).happen(bytes(record('clientData')));
    expect(end.of('deliver').map((one) => one.data)).toEqual([data]);
    end.happen(bytes(record('clientCloseNotify')));
    expect([end.state, end.alerts]).toEqual(['CONNECTED', ['received close_notify']]);
    checkSecrets(end);
  });
});

describe('a resumed client (§4)', () => {
  /** Six milliseconds after the ticket came, says its obfuscated age. */
  const resuming = () => {
    const first = client().happen({kind: 'open'});
    for (const name of ['ServerHello', 'serverFlight', 'NewSessionTicket']) first.happen(bytes(record(name)));
    const session = first.of('session')[0]?.session;
    if (!session) throw new Error('no ticket');
    const random = resumedRecord('ClientHello').slice(11, 43);
    const end = new End(
      tlsClient({...settings, session, earlyData: true}),
      drawn({'client random': random, 'client key share x25519': resumedPrivate}),
    );
    end.nowUs = 6000;
    return end.happen({kind: 'open'});
  };

  test('binds its PSK, sends early data, says when they end', () => {
    const end = resuming();
    expect(sent(end)).toBe(hexOf(resumedRecord('ClientHello')));
    end.happen({kind: 'write', data: new TextEncoder().encode('ABCDEF')});
    expect(sent(end)).toBe(hexOf(resumedRecord('earlyData')));
    end.happen(bytes(resumedRecord('ServerHello'))).happen(bytes(resumedRecord('serverFlight')));
    expect(sent(end)).toBe(hexOf(resumedRecord('EndOfEarlyData')) + hexOf(resumedRecord('clientFinished')));
    expect(end.agreement).toMatchObject({resumed: true, earlyData: 'accepted'});
    end.happen({kind: 'write', data});
    expect(sent(end)).toBe(hexOf(resumedRecord('clientData')));
    end.happen(bytes(resumedRecord('serverData')));
    expect(end.of('deliver').map((one) => one.data)).toEqual([data]);
    end.happen({kind: 'close'});
    expect(sent(end)).toBe(hexOf(resumedRecord('clientCloseNotify')));
    end.happen(bytes(resumedRecord('serverCloseNotify')));
    expect(end.state).toBe('CLOSED');
  });

  test('knows the secrets of the trace', () => {
    const end = resuming();
    end.happen(bytes(resumedRecord('ServerHello'))).happen(bytes(resumedRecord('serverFlight')));
    const told = new Map<string, string>(end.of('secret').map(({label, secret}) => [label, hexOf(secret)]));
    expect(told.get('CLIENT_EARLY_TRAFFIC_SECRET')).toBe(resumedSecret('client_early_traffic_secret'));
    for (const [label, name] of Object.entries(secrets))
      if (label !== 'EXPORTER_SECRET') expect(told.get(label)).toBe(resumedSecret(name));
  });
});

test('a client that is asked for P-256 and gives the cookie back (§5)', () => {
  const end = new End(
    tlsClient({...settings, groups: [29, 23, 24]}),
    drawn({
      'client random': retriedRecord('ClientHello').slice(11, 43),
      'client key share x25519': retriedPrivate.x25519,
      'client key share secp256r1': retriedPrivate.p256,
    }),
  ).happen({kind: 'open'});
  expect(sent(end)).toBe(hexOf(retriedRecord('ClientHello')));
  end.happen(bytes(retriedRecord('HelloRetryRequest')));
  expect(sent(end)).toBe(hexOf(retriedRecord('ClientHelloAgain')));
  end.happen(bytes(retriedRecord('ServerHello'))).happen(bytes(retriedRecord('serverFlight')));
  expect(sent(end)).toBe(hexOf(retriedRecord('clientFinished')));
  expect(end.agreement).toMatchObject({group: 23, signatureScheme: 0x0804});
});
