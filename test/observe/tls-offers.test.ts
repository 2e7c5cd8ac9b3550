// What a hello offers and how the ends say goodbye. Oracle: RFC 9846 §4.3.8, §4.5.2, §4.7.3 and §6.1, RFC 8701 §2, RFC 6962 §3.3, RFC 6066 §8.
import {describe, expect, test} from 'vitest';
import type {Streams} from '../../source/observe/connections.ts';
import {offersOf} from '../../source/observe/tls-offers.ts';
import type {TlsSession} from '../../source/observe/tls-sessions.ts';

type Given = {
  readonly client?: readonly object[];
  readonly suites?: readonly number[];
  readonly server?: readonly object[];
  readonly messages?: readonly object[];
  readonly alerts?: readonly {readonly side: 0 | 1; readonly description: number}[];
  readonly sent?: readonly object[];
  readonly group?: number;
};

const offers = ({client, suites = [0x1301], server, messages = [], alerts = [], sent = [], group}: Given) =>
  offersOf({
    hellos: {
      client: client && {extensions: client, cipherSuites: suites},
      server: server && {extensions: server},
    },
    ...{messages, alerts, group, connection: {sent, arrived: sent}},
  } as unknown as TlsSession<Streams>);

const groups = (...value: readonly number[]) => ({name: 'supported_groups', value});
const share = (group: number, octets: number) => ({group, keyExchange: new Uint8Array(octets)});
const message = (type: number, octets: number, more = {}) => ({
  bytes: Uint8Array.from({length: octets}, (_, at) => (at === 0 ? type : 0)),
  ...more,
});

test('without a hello nothing is offered', () => {
  expect(offers({})).toEqual({
    ...{
      groupsOffered: [],
      offersUsual: false,
      keyShares: [],
      shareBytes: [0, 0],
      grease: false,
      clientHelloBytes: [],
    },
    ...{helloSegments: 0, certificateRequested: false, ocspRequested: false, ocspStapled: false},
    ...{timestamps: false, hidden: false, keyUpdates: 0, closeNotify: []},
  });
});

test('key shares: those of the group that was agreed on (§4.3.8)', () => {
  const client = [groups(29, 23), {name: 'key_share', value: [share(4588, 1216), share(29, 32)]}];
  const server = [{name: 'key_share', value: share(29, 33)}];
  expect(offers({client, server, group: 29})).toMatchObject({
    ...{groupsOffered: [29, 23], keyShares: [4588, 29], shareBytes: [32, 33]},
  });
  expect(offers({client, group: 23}).shareBytes).toEqual([0, 0]);
});

describe('reserved values (RFC 8701 §2)', () => {
  test.each<[where: string, given: Given]>([
    ['suites', {client: [], suites: [0x1301, 0x7a7a]}],
    ['groups', {client: [groups(29, 0x0a0a)]}],
    ['versions', {client: [{name: 'supported_versions', value: [0x0304, 0xfafa]}]}],
    ['signatures', {client: [{name: 'signature_algorithms', value: [0x1a1a]}]}],
    ['shares', {client: [{name: 'key_share', value: [share(0x2a2a, 1)]}]}],
  ])('among %s', (_, given) => expect(offers(given).grease).toBe(true));

  test('all others are none', () => {
    const client = [groups(29, 0x0a1a, 0x0b0b), {name: 'supported_versions', value: [0x0304]}];
    expect(offers({client}).grease).toBe(false);
  });
});

test('the first ClientHello in segments, each in octets', () => {
  const bytes = (side: 0 | 1, start: number) => ({side, piece: {kind: 'bytes', start}});
  const sent = [
    bytes(0, 0),
    bytes(1, 0),
    bytes(0, 100),
    bytes(0, 304),
    bytes(0, 305),
    {side: 0, piece: {kind: 'end', start: 9}},
  ];
  // 300 octets behind five of their record's header.
  const messages = [message(1, 300), message(2, 90), message(1, 400)];
  expect(offers({sent, messages})).toMatchObject({helloSegments: 3, clientHelloBytes: [300, 400]});
});

test('what a server asks for and shows', () => {
  const certificate = (...extensions: readonly object[]) => ({
    ...{side: 1, name: 'certificate'},
    message: {type: 'certificate', body: {certificateList: [{extensions}, {extensions: []}]}},
    bytes: Uint8Array.of(11),
  });
  const [status, timestamps] = [{name: 'status_request'}, {name: 'signed_certificate_timestamp'}];
  expect(offers({messages: [message(13, 9)]})).toMatchObject({certificateRequested: true});
  expect(offers({client: [status]})).toMatchObject({ocspRequested: true, ocspStapled: false});
  expect(offers({messages: [message(22, 9)]})).toMatchObject({ocspStapled: true});
  expect(offers({messages: [certificate(status)]})).toMatchObject({ocspStapled: true, timestamps: false});
  expect(offers({messages: [certificate(timestamps)]})).toMatchObject({ocspStapled: false, timestamps: true});
  expect(offers({server: [timestamps]})).toMatchObject({timestamps: true});
  // The client's own certificate is not the server's.
  expect(offers({messages: [{...certificate(status), side: 0}]})).toMatchObject({ocspStapled: false});
  expect(offers({client: [{name: 'encrypted_client_hello'}]})).toMatchObject({hidden: true});
});

test('new keys (§4.7.3), and who said that nothing follows (§6.1)', () => {
  const messages = [message(24, 5), message(24, 5), message(4, 9)];
  const alerts = [
    {side: 1, description: 0},
    {side: 0, description: 40},
    {side: 0, description: 0},
  ] as const;
  expect(offers({messages, alerts})).toMatchObject({keyUpdates: 2, closeNotify: [1, 0]});
});
