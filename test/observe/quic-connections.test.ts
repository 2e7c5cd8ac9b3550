// What no recording at hand has, sealed here: version 2 under ChaCha20, Version Negotiation, 0-RTT, key updates, packets that overtake
// their keys, and clients that move (RFC 9000 §6, §9; RFC 9001 §4.6, §5.7, §6; RFC 9369).
import {describe, expect, it} from 'vitest';
import {nodeCrypto} from '../../source/io/crypto.ts';
import {QuicReading} from '../../source/observe/quic-captured.ts';
import {QuicConnections} from '../../source/observe/quic-connections.ts';
import {quicJson} from '../../source/observe/quic-json.ts';
import {octetsOf} from '../../source/wire/octets.ts';
import {type PacketKeys, updatedKeys} from '../../source/wire/quic/packet-protection.ts';
import {joinBytes, uint16} from '../../source/wire/tls/presentation.ts';
import {frames, hello, keysOf, long, madeLog, short, versionOf} from './quic-made.ts';

const clientId = Uint8Array.of(0xc1, 0xc1, 0xc1, 0xc1);
const serverId = Uint8Array.of(0x5e, 0x5e, 0x5e, 0x5e);
const dcid = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
const aes = 0x1301;
const [client, server] = ['10.0.0.1:5000', '10.0.0.2:4433'];

const padded = (payload: Uint8Array): Uint8Array => joinBytes([payload, new Uint8Array(1200)]);

const part = (keys: readonly PacketKeys[], side: 0 | 1): PacketKeys => {
  const one = keys[side];
  if (!one) throw new Error('no keys');
  return one;
};

const conversation = (version = versionOf(1), suite = aes) => {
  const connections = new QuicConnections({crypto: nodeCrypto, log: madeLog()});
  const keys = keysOf(version, suite);
  let frame = 0;
  const send = (from: string, to: string, ...packets: readonly Uint8Array[]): void => {
    frame += 1;
    connections.take({frame, atUs: frame * 1000, from, to, bytes: joinBytes(packets)});
  };
  const initial = (alpn = 'h3') =>
    long({
      ...{version, kind: 'Initial', dcid, scid: clientId},
      ...{payload: padded(frames.crypto(hello.client(alpn))), keys: keys.initial(dcid).client},
    });
  const answer = (resumed = false) =>
    long({
      ...{version, kind: 'Initial', dcid: clientId, scid: serverId},
      ...{payload: frames.crypto(hello.server(suite, resumed)), keys: keys.initial(dcid).server},
    });
  const encrypted = (early = false) =>
    long({
      ...{version, kind: 'Handshake', dcid: clientId, scid: serverId},
      ...{payload: frames.crypto(hello.encrypted('h3', early)), keys: part(keys.handshake, 1)},
    });
  return {connections, keys, send, initial, answer, encrypted};
};

const told = ({connections}: {connections: QuicConnections}) => connections.all.map(quicJson);
const data = (size: number): Uint8Array => new Uint8Array(size).fill(0x61);

describe('versions', () => {
  it('version 2 under ChaCha20-Poly1305', () => {
    const made = conversation(versionOf(0x6b33_43cf), 0x1303);
    const {keys, send, initial, answer, encrypted} = made;
    send(client, server, initial());
    send(server, client, answer(), encrypted());
    const payload = frames.stream(0, data(10), {fin: true});
    send(client, server, short(serverId, {number: 0, payload, keys: part(keys.application, 0)}));
    expect(told(made)).toMatchObject([
      {
        ...{versions: ['2'], sni: 'made.example', alpn: 'h3', cipherSuite: 'TLS_CHACHA20_POLY1305_SHA256'},
        ...{opened: true, packets: {Initial: 2, Handshake: 1, '1-RTT': 1}, datagrams: 3},
        streams: [{id: 0, bytesToServer: 10, bytesToClient: 0, fin: ['client']}],
      },
    ]);
  });

  it('Version Negotiation: the other version is another attempt of one connection', () => {
    const old = conversation(versionOf(0xff00_001d));
    const made = conversation();
    made.send(client, server, old.initial('h3-29'));
    const offered = Uint8Array.of(0, 0, 0, 1, 0x1a, 0x2a, 0x3a, 0x4a);
    const ids = [Uint8Array.of(4), clientId, Uint8Array.of(8), dcid];
    made.send(server, client, joinBytes([Uint8Array.of(0x80, 0, 0, 0, 0), ...ids, offered]));
    made.send(client, server, made.initial());
    made.send(server, client, made.answer(), made.encrypted());
    expect(told(made)).toMatchObject([
      {
        ...{versions: ['draft-29', '1'], versionsOfServer: ['1', 'grease'], alpnOffered: ['h3'], alpn: 'h3'},
        packets: {Initial: 3, Handshake: 1, 'Version Negotiation': 1},
      },
    ]);
  });
});

describe('keys', () => {
  it('0-RTT is opened before the server has spoken', () => {
    const made = conversation();
    const {keys, send, initial, answer, encrypted} = made;
    const early = long({
      ...{version: versionOf(1), kind: '0-RTT', dcid, scid: clientId},
      ...{payload: frames.stream(0, data(50)), keys: keys.early},
    });
    send(client, server, initial(), early);
    expect(made.connections.all[0]?.streams.get(0)?.bytes(0)).toBe(50);
    send(server, client, answer(true), encrypted(true));
    expect(told(made)).toMatchObject([
      {packets: {Initial: 2, '0-RTT': 1, Handshake: 1}, sessionResumed: true, earlyDataAccepted: true},
    ]);
  });

  it('packets wait for the hellos that they overtook', () => {
    const made = conversation();
    const {keys, send, initial, answer, encrypted} = made;
    const payload = frames.stream(3, data(7));
    send(client, server, initial());
    send(server, client, short(clientId, {number: 0, payload, keys: part(keys.application, 1)}));
    send(server, client, encrypted());
    expect(told(made)).toMatchObject([{opened: false}]);
    send(server, client, answer());
    expect(told(made)).toMatchObject([{opened: true, alpn: 'h3', streams: [{id: 3, bytesToClient: 7}]}]);
  });

  it('follows key updates, and opens what comes late under the keys before', () => {
    const made = conversation();
    const {keys, send, initial, answer} = made;
    send(client, server, initial());
    send(server, client, answer());
    const first = part(keys.application, 0);
    const second = updatedKeys(first);
    const third = updatedKeys(second);
    const piece = (number: number, phase: number, of: PacketKeys) =>
      send(
        client,
        server,
        short(serverId, {number, phase, keys: of, payload: frames.stream(0, data(1), {offset: number})}),
      );
    piece(0, 0, first);
    piece(2, 1, second);
    piece(1, 0, first);
    piece(3, 0, third);
    expect(told(made)).toMatchObject([{keyPhaseChanges: 2, streams: [{id: 0, bytesToServer: 4}]}]);
  });
});

describe('whose a datagram is', () => {
  it('a client may move: its new id was given inside', () => {
    const made = conversation();
    const {keys, send, initial, answer} = made;
    const id = Uint8Array.of(0x77, 1, 2, 3, 4, 5);
    send(client, server, initial());
    send(server, client, answer());
    const given = frames.newId(1, id);
    send(server, client, short(clientId, {number: 0, payload: given, keys: part(keys.application, 1)}));
    const payload = frames.stream(0, data(5));
    send('10.9.9.9:7000', server, short(id, {number: 0, payload, keys: part(keys.application, 0)}));
    expect(told(made)).toMatchObject([{datagrams: 4, client, streams: [{id: 0, bytesToServer: 5}]}]);
  });

  // RFC 9000 §9.6: by the id that the client has chosen.
  it('a server may be found elsewhere', () => {
    const made = conversation();
    const {keys, send, initial, answer} = made;
    send(client, server, initial());
    send(server, client, answer());
    const payload = frames.stream(3, data(5));
    const elsewhere = '10.0.0.7:4434';
    send(elsewhere, client, short(clientId, {number: 0, payload, keys: part(keys.application, 1)}));
    send(client, elsewhere, short(serverId, {number: 0, payload: data(0), keys: part(keys.application, 0)}));
    send(
      '10.9.9.9:7000',
      elsewhere,
      short(serverId, {number: 1, payload: data(0), keys: part(keys.application, 0)}),
    );
    expect(told(made)).toMatchObject([{datagrams: 5, client, server, streams: [{id: 3, bytesToClient: 5}]}]);
    expect(made.connections.all[0]?.moves).toEqual([
      {by: 1, from: server, to: elsewhere, frame: 3},
      {by: 0, from: client, to: '10.9.9.9:7000', frame: 5},
    ]);
  });

  it('another Initial between the same ports is another connection once the first was answered', () => {
    const made = conversation();
    made.send(client, server, made.initial());
    made.send(client, server, made.initial());
    made.send(server, client, made.answer());
    const other = Uint8Array.of(9, 9, 9, 9, 9, 9, 9, 9);
    const keys = made.keys.initial(other).client;
    const payload = padded(frames.crypto(hello.client()));
    made.send(
      client,
      server,
      long({version: versionOf(1), kind: 'Initial', dcid: other, scid: clientId, payload, keys}),
    );
    expect(told(made).map(({packets}) => packets)).toEqual([{Initial: 3}, {Initial: 1}]);
  });

  it('without secrets what is in clear is told, nothing else', () => {
    const {crypto, log} = {crypto: nodeCrypto, log: {secrets: new Map(), unreadable: 0}};
    const connections = new QuicConnections({crypto, log});
    const made = conversation();
    const payload = frames.stream(0, data(5));
    const all = [
      [client, server, made.initial()],
      [server, client, joinBytes([made.answer(), made.encrypted()])],
      [client, server, short(serverId, {number: 0, payload, keys: part(made.keys.application, 0)})],
    ] as const;
    for (const [at, [from, to, bytes]] of all.entries())
      connections.take({frame: at + 1, atUs: 0, from, to, bytes});
    const [json] = connections.all.map(quicJson);
    expect(json).toMatchObject({opened: false, alpn: null, alpnOffered: ['h3'], sessionResumed: false});
    expect(json).not.toHaveProperty('streams');
  });
});

describe('DNS over QUIC (RFC 9250)', () => {
  it('each stream has a question and its answer, behind their lengths', () => {
    const made = conversation();
    const {keys} = made;
    const reading = new QuicReading({crypto: nodeCrypto, log: madeLog()});
    const question = '0377777704746573740000010001';
    const query = octetsOf(`0000 0100 0001 0000 0000 0000 ${question}`.replaceAll(' ', ''));
    const answer = octetsOf(
      `0000 8180 0001 0001 0000 0000 ${question} c00c 0001 0001 0000003c 0004 c0000201`.replaceAll(' ', ''),
    );
    const framed = (message: Uint8Array) => joinBytes([uint16.write(message.length), message]);
    const encrypted = long({
      ...{version: versionOf(1), kind: 'Handshake', dcid: clientId, scid: serverId},
      ...{payload: frames.crypto(hello.encrypted('doq')), keys: part(keys.handshake, 1)},
    });
    const asked = {
      number: 0,
      payload: frames.stream(0, framed(query), {fin: true}),
      keys: part(keys.application, 0),
    };
    const halves = [framed(answer).subarray(0, 10), framed(answer).subarray(10)] as const;
    const answers = halves.map((half, number) => {
      const payload = frames.stream(0, half, {offset: 10 * number, fin: number === 1});
      return short(clientId, {number, payload, keys: part(keys.application, 1)});
    });
    const all = [
      [client, server, made.initial('doq')],
      [server, client, joinBytes([made.answer(), encrypted])],
      [client, server, short(serverId, asked)],
      ...answers.map((bytes) => [server, client, bytes] as const),
    ] as const;
    for (const [at, [from, to, bytes]] of all.entries())
      reading.connections.take({frame: at + 1, atUs: at, from, to, bytes});
    const [connection] = reading.connections.all;
    expect(connection && reading.dnsOf(connection)).toMatchObject([
      {
        ...{transport: 'quic', client, server, queryFrame: 3, responseFrame: 5},
        response: {answers: [{data: {kind: 'A', address: '192.0.2.1'}}]},
      },
    ]);
  });
});

describe('streams', () => {
  it('octets count once, whatever order they come in; how each end left is told', () => {
    const made = conversation();
    const {keys, send, initial, answer} = made;
    send(client, server, initial());
    send(server, client, answer());
    const payloads = [
      frames.stream(4, data(100), {offset: 100, fin: true}),
      frames.stream(4, data(150)),
      frames.stream(4, data(100), {offset: 100, fin: true}),
      Uint8Array.of(0x04, 8, 0x41, 0x0c, 0),
      Uint8Array.of(0x05, 12, 0x41, 0x0c),
    ];
    for (const [number, payload] of payloads.entries())
      send(client, server, short(serverId, {number, payload, keys: part(keys.application, 0)}));
    expect(told(made)[0]).toMatchObject({
      streams: [
        {id: 4, bytesToServer: 200, fin: ['client']},
        {id: 8, bytesToServer: 0, fin: [], reset: {by: 'client', code: 0x10c}},
        {id: 12, bytesToServer: 0, fin: [], stopSending: {by: 'client', code: 0x10c}},
      ],
    });
  });
});
