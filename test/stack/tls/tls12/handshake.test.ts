// TLS 1.2 between our client and our server: what is agreed on, in which order, and under which keys.
import {createHash} from 'node:crypto';
import {describe, expect, test} from 'vitest';
import {ruleOf} from '../../../../source/stack/reason.ts';
import {tlsClient} from '../../../../source/stack/tls/connection.ts';
import {
  type TlsSession,
  type TlsSession12,
  tlsClientDefaults,
} from '../../../../source/stack/tls/settings.ts';
import {hexOf} from '../../../../source/wire/octets.ts';
import {downgradeIn} from '../../../../source/wire/tls/hello.ts';
import {credentials, type End, Pair, write} from '../pair.ts';
import {fresh12, keysOf12, only12, sealed12, v12, v13} from './tamper.ts';

const suites = [
  ['TLS_RSA_WITH_AES_128_GCM_SHA256', 0x009c],
  ['TLS_RSA_WITH_AES_256_GCM_SHA384', 0x009d],
  ['TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', 0xc02b],
  ['TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', 0xc02c],
  ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 0xc02f],
  ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 0xc030],
] as const;

const rsa = {cipherSuites: [0x009c]};

const states = (end: End) => end.of('note').flatMap(({note}) => (note.kind === 'state' ? [note.to] : []));

const secrets = (end: End) => end.of('secret').map(({label, secret}) => `${label} ${hexOf(secret)}`);

const serverRandom = (end: End): Uint8Array => {
  const hello = end
    .of('note')
    .find(({note}) => note.kind === 'message' && note.name === 'server_hello')?.note;
  return hello?.kind === 'message' ? hello.bytes.subarray(6, 38) : new Uint8Array();
};

describe('full handshake (RFC 5246 figure 1)', () => {
  test.each(suites)('%s', (_, suite) => {
    const pair = fresh12({client: {cipherSuites: [suite]}}).run();
    expect([...pair.client.alerts, ...pair.server.alerts]).toEqual([]);
    expect(pair.client.agreement).toMatchObject({version: 'TLS 1.2', suite, resumed: false});
    const {certificates: _ours, ...server} = pair.server.agreement ?? {certificates: []};
    expect(pair.client.agreement).toMatchObject(server);
    expect(secrets(pair.client)).toEqual(secrets(pair.server));
    pair.client.happen(write('GET / HTTP/1.1'));
    pair.server.happen(write('HTTP/1.1 200 OK'));
    pair.run();
    expect([pair.server.text, pair.client.text]).toEqual(['GET / HTTP/1.1', 'HTTP/1.1 200 OK']);
  });

  test('an end that has TLS 1.2 alone goes by no rule of TLS 1.3, not even before it is agreed on', () => {
    const pair = fresh12().run();
    expect(pair.client.agreement?.version).toBe('TLS 1.2');
    const rules = [pair.client, pair.server].flatMap(({effects}) =>
      effects.flatMap((effect) => ('because' in effect ? [ruleOf(effect.because)] : [])),
    );
    expect(rules).toContain('5246:7.3/state');
    expect(rules.filter((rule) => rule.startsWith('9846:'))).toEqual([]);
  });

  test('which messages where both ends have a share', () => {
    const pair = fresh12().run();
    expect(pair.client.messages('received')).toEqual([
      'server_hello clear',
      'certificate clear',
      'server_key_exchange clear',
      'server_hello_done clear',
      'new_session_ticket clear',
      'finished application',
    ]);
    expect(pair.client.messages('sent')).toEqual([
      'client_hello clear',
      'client_key_exchange clear',
      'finished application',
    ]);
  });

  test('which messages where RSA transports the secret', () => {
    const pair = fresh12({client: {...rsa, sessionTickets: false}}).run();
    expect(pair.client.messages('received')).toEqual([
      'server_hello clear',
      'certificate clear',
      'server_hello_done clear',
      'finished application',
    ]);
    expect([pair.client.agreement?.group, pair.client.agreement?.signatureScheme]).toEqual([
      undefined,
      undefined,
    ]);
  });

  test('what each end waits for', () => {
    const pair = fresh12().run();
    expect(states(pair.client)).toEqual([
      'WAIT_SH',
      'WAIT_CERTIFICATE',
      'WAIT_SERVER_KEY_EXCHANGE',
      'WAIT_SERVER_HELLO_DONE',
      'WAIT_TICKET',
      'WAIT_CHANGE_CIPHER_SPEC',
      'WAIT_FINISHED',
      'CONNECTED',
    ]);
    expect(states(pair.server)).toEqual([
      'WAIT_CLIENT_KEY_EXCHANGE',
      'WAIT_CHANGE_CIPHER_SPEC',
      'WAIT_FINISHED',
      'CONNECTED',
    ]);
  });

  test('the secret of RSA is the client’s alone, with the version in front (§7.4.7.1)', () => {
    const pair = fresh12({client: rsa}).run();
    const preMaster = (end: End) =>
      end
        .of('note')
        .flatMap(({note}) =>
          note.kind === 'schedule' && note.step === 'premaster secret' ? [hexOf(note.value)] : [],
        );
    expect(preMaster(pair.client)).toEqual(preMaster(pair.server));
    expect(preMaster(pair.client)[0]).toMatch(/^0303[0-9a-f]{92}$/);
    expect(secrets(pair.client).map((line) => line.split(' ')[0])).toEqual(['CLIENT_RANDOM']);
  });

  test('nobody speaks before both Finished have come', () => {
    const pair = fresh12();
    pair.client.happen(write('first '));
    pair.pass(pair.client, pair.server);
    pair.server.happen(write('early'));
    pair.pass(pair.server, pair.client);
    pair.client.happen(write('second'));
    expect([pair.client.text, pair.server.text]).toEqual(['', '']);
    pair.run();
    expect([pair.client.text, pair.server.text]).toEqual(['early', 'first second']);
  });

  test('byte by byte is the same', () => {
    const whole = fresh12().run();
    const pieces = fresh12({pieces: 1}).run();
    expect(pieces.client.agreement).toEqual(whole.client.agreement);
    expect(secrets(pieces.server)).toEqual(secrets(whole.server));
  });

  test('what is long takes several records (§6.2.1)', () => {
    const pair = fresh12().run();
    pair.client.happen(write('x'.repeat(40_000)));
    pair.run();
    expect(pair.server.of('deliver').map(({data}) => data.length)).toEqual([16384, 16384, 7232]);
  });

  // The same on every Node, whatever its OpenSSL: nothing is padded, signed or agreed on by chance.
  test.each([
    ['rsa', 0x009c, '559a3ddfbe50bcd8acbde693a91021ab6c07479051ea82040629d3f664134221'],
    ['p256', 0xc02c, 'f034e4da9459f06a5329e0862c6166a11e5bea351937fccbc1e1bae804207a35'],
    ['rsa', 0xc02f, 'd9ff159b6b664f869b7fc9043bf62adbac42c0dab9df6b1c782ea4a2166d79db'],
  ] as const)('%s, suite %i: all bytes, by their digest', (signer, suite, digest) => {
    const pair = fresh12({client: {cipherSuites: [suite]}, server: {credentials: [credentials[signer]]}});
    pair.client.happen(write('ping'));
    pair.run();
    const hash = createHash('sha256');
    for (const end of [pair.client, pair.server]) for (const {data} of end.of('send')) hash.update(data);
    expect(hash.digest('hex')).toBe(digest);
  });
});

describe('what both ends agree on', () => {
  const [only13, both] = [{versions: [v13]}, {versions: [v13, v12]}];

  test.each([
    ['both, both', both, both, 'TLS 1.3', false],
    ['both, 1.2', both, only12, 'TLS 1.2', false],
    ['1.2, both', only12, both, 'TLS 1.2', true],
    ['1.2, 1.2', only12, only12, 'TLS 1.2', false],
    ['1.2 liked more, both', {versions: [v12, v13]}, both, 'TLS 1.3', false],
    ['both, 1.3', both, only13, 'TLS 1.3', false],
  ] as const)('version: %s', (_, client, server, version, sentinel) => {
    const pair = new Pair({client, server}).open().run();
    expect([pair.client.agreement?.version, pair.server.agreement?.version]).toEqual([version, version]);
    // RFC 9846 §4.2.3: a server that could do more says so.
    expect(downgradeIn(serverRandom(pair.client)) !== undefined).toBe(sentinel);
  });

  test.each([
    ['the client', both, only12],
    ['the server', only12, both],
  ] as const)(
    'once it is 1.2, an end that has 1.3, too, goes by no rule of that: %s',
    (_, client, server) => {
      const open = (session?: TlsSession12) =>
        new Pair({client: {...client, ...(session && {session})}, server}).open().run();
      const first = open();
      const [session] = first.client
        .of('session')
        .flatMap((each) => (each.session.version === 'TLS 1.2' ? [each.session] : []));
      for (const pair of [first, open(session)]) {
        for (const end of [pair.client, pair.server]) end.happen(write('abc'));
        pair.run();
        for (const {effects} of [pair.client, pair.server]) {
          const agreed = effects.findIndex(
            (effect) =>
              effect.kind === 'note' && effect.note.kind === 'message' && effect.note.name === 'server_hello',
          );
          expect(agreed).toBeGreaterThan(0);
          const rules = effects
            .slice(agreed + 1)
            .flatMap((effect) => ('because' in effect ? [ruleOf(effect.because)] : []));
          expect(rules.length).toBeGreaterThan(10);
          expect(rules.filter((rule) => rule.startsWith('9846:'))).toEqual([]);
        }
      }
      expect(open(session).client.agreement?.resumed).toBe(true);
    },
  );

  test('versions that do not meet', () => {
    const pair = new Pair({client: only13, server: only12}).open().run();
    expect(pair.client.alerts).toEqual(['received protocol_version']);
    const other = new Pair({client: only12, server: only13}).open().run();
    expect(other.client.alerts).toEqual(['received protocol_version']);
  });

  test('name and protocol', () => {
    const pair = fresh12({client: {alpn: ['h2', 'http/1.1']}, server: {alpn: ['http/1.1']}}).run();
    const agreed = {serverName: 'www.example.com', alpn: 'http/1.1'};
    expect([pair.client.agreement, pair.server.agreement]).toMatchObject([agreed, agreed]);
  });

  test.each([
    [true, true],
    [true, false],
    [false, true],
  ])('a master secret bound to the handshake if both can: %s, %s (RFC 7627)', (client, server) => {
    const pair = fresh12({
      client: {extendedMasterSecret: client},
      server: {extendedMasterSecret: server},
    }).run();
    expect(pair.client.agreement?.extendedMasterSecret).toBe(client && server);
    expect(pair.server.state).toBe('CONNECTED');
  });

  test('the signal of RFC 5746 instead of the extension', () => {
    const pair = fresh12({client: {cipherSuites: [0xc02f, 0x00ff]}}).run();
    expect(pair.client.state).toBe('CONNECTED');
  });

  test('reserved values are ignored (RFC 8701)', () => {
    expect(fresh12({client: {grease: true}}).run().client.state).toBe('CONNECTED');
  });

  test('a suite for which the server has no certificate is passed over', () => {
    const {client} = fresh12({server: {credentials: [credentials.rsa]}}).run();
    expect(client.agreement?.suite).toBe(0xc02f);
  });
});

describe('tickets (RFC 5077)', () => {
  const ticketOf = (options: Parameters<typeof fresh12>[0] = {}) => {
    const session = fresh12(options).run().client.of('session')[0]?.session;
    if (!session) throw new Error('no ticket');
    return session;
  };

  test('an abbreviated handshake (RFC 5246 figure 2)', () => {
    const pair = fresh12({client: {session: ticketOf()}, seed: 'b'}).run();
    expect(pair.client.messages('received')).toEqual(['server_hello clear', 'finished application']);
    expect(pair.client.messages('sent')).toEqual(['client_hello clear', 'finished application']);
    expect(pair.client.agreement).toMatchObject({resumed: true, certificates: []});
    pair.client.happen(write('again'));
    pair.run();
    expect(pair.server.text).toBe('again');
  });

  test('the master secret stays, the keys do not', () => {
    const first = fresh12().run();
    const session = first.client.of('session')[0]?.session;
    const second = fresh12({client: session ? {session} : {}, seed: 'b'}).run();
    expect(secrets(second.client)).toEqual(secrets(first.client));
    const told = (end: typeof first.client): readonly string[] =>
      end
        .of('note')
        .flatMap(({note}) =>
          note.kind === 'schedule' && note.step === 'master secret' ? [hexOf(note.value)] : [],
        );
    expect(told(first.client)).toHaveLength(1);
    expect([told(second.client), told(second.server)]).toEqual([told(first.client), told(first.client)]);
    expect(keysOf12(second.client).key).not.toEqual(keysOf12(first.client).key);
  });

  test.each([
    ['too old', {nowUs: 7201e6}, {}],
    ['old ticket key', {server: {ticketKey: new Uint8Array(32).fill(6)}}, {}],
    ['server without tickets', {server: {sessionTickets: false}}, {}],
    ['a dropped suite', {server: {cipherSuites: [0xc02c]}}, {}],
    ['unbound, bond offered', {}, {client: {extendedMasterSecret: false}}],
  ] as const)('a ticket %s: a full handshake', (_, options, before) => {
    const session = ticketOf(before);
    const client = {session: {...session, lifetimeS: 0}};
    const pair = fresh12({...options, client}).run();
    expect([pair.client.state, pair.client.agreement?.resumed]).toEqual(['CONNECTED', false]);
  });

  test('a client does not show a ticket that is too old, or to another site', () => {
    const session = ticketOf();
    const shown = (options: Parameters<typeof fresh12>[0]) =>
      fresh12(options).client.of('send')[0]?.data.length ?? 0;
    const [old, other] = [
      shown({nowUs: 7201e6, client: {session}}),
      shown({client: {session, serverName: 'www.example.org'}}),
    ];
    expect([old, other]).toEqual([shown({}), shown({})]);
    expect(shown({client: {session}})).toBeGreaterThan(shown({}));
  });

  test('a ticket of a connection without a name is good for another one without a name', () => {
    const nameless = (session?: TlsSession | TlsSession12): Pair => {
      const pair = new Pair({server: only12, seed: session ? 'b' : 'a'});
      pair.client.connection = tlsClient({...tlsClientDefaults, ...only12, ...(session && {session})});
      return pair.open().run();
    };
    expect(nameless(nameless().client.of('session')[0]?.session).client.agreement).toMatchObject({
      resumed: true,
    });
    expect(nameless(ticketOf()).client.agreement).toMatchObject({resumed: false});
  });

  test('a client of both versions shows it, too', () => {
    const session = ticketOf();
    const pair = new Pair({client: {versions: [v13, v12], session}, server: only12}).open().run();
    expect(pair.client.agreement).toMatchObject({version: 'TLS 1.2', resumed: true});
  });

  test.each([
    ['client', {client: {sessionTickets: false}}],
    ['server', {server: {sessionTickets: false}}],
  ])('a %s that wants none', (_, options) => {
    const pair = fresh12(options).run();
    expect(pair.client.messages('received')).not.toContain('new_session_ticket clear');
    expect([pair.client.state, pair.client.of('session')]).toEqual(['CONNECTED', []]);
  });
});

describe('renegotiation (RFC 5246 §7.4.1.1)', () => {
  const helloRequest = Uint8Array.of(0, 0, 0, 0);

  test('HelloRequest is declined, and the connection goes on', () => {
    const pair = fresh12().run();
    const keys = {...keysOf12(pair.server), sequence: 1};
    const data = sealed12(keys, [{type: 22, content: helloRequest}]);
    pair.client.happen({kind: 'bytes', data});
    expect([pair.client.alerts, pair.client.state]).toEqual([['sent no_renegotiation'], 'CONNECTED']);
    pair.run();
    expect([pair.server.alerts, pair.server.state]).toEqual([['received no_renegotiation'], 'CONNECTED']);
  });

  test('during a handshake it is ignored', () => {
    const pair = fresh12();
    pair.pass(pair.client, pair.server);
    const asked = Uint8Array.of(22, 3, 3, 0, 4, ...helloRequest);
    pair.pass(pair.server, pair.client, (data) => {
      const end = 5 + (((data[3] ?? 0) << 8) | (data[4] ?? 0));
      return Uint8Array.of(...data.subarray(0, end), ...asked, ...data.subarray(end));
    });
    pair.run();
    expect([pair.client.alerts, pair.client.state]).toEqual([[], 'CONNECTED']);
  });

  test('a ClientHello is declined, and the connection goes on', () => {
    const pair = fresh12().run();
    const hello = pair.client
      .of('note')
      .flatMap(({note}) => (note.kind === 'message' ? [note.bytes] : []))[0];
    const keys = {...keysOf12(pair.client), sequence: 1};
    pair.server.happen({kind: 'bytes', data: sealed12(keys, [{type: 22, content: hello ?? helloRequest}])});
    expect([pair.server.alerts, pair.server.state]).toEqual([['sent no_renegotiation'], 'CONNECTED']);
  });
});

test('keys of TLS 1.2 are never renewed', () => {
  const pair = fresh12({client: {recordsPerKey: 1}}).run();
  pair.client.happen({kind: 'updateKeys', request: true});
  for (const word of ['a', 'b', 'c']) pair.client.happen(write(word));
  pair.run();
  expect([pair.server.text, pair.client.messages('sent').length]).toEqual(['abc', 3]);
});
