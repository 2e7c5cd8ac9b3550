// TLS as `inspect --json` tells it, of records that are written down. Oracle: the names that Wireshark has for the messages and alerts of
// RFC 9846 §4, §6; RFC 7301 §3.2.
import {expect, test} from 'vitest';
import {inspectionMembers} from '../../source/observe/inspection-json.ts';
import {inspectedPassing, type Passed} from '../helpers/passed-capture.ts';
import {clientHello} from '../helpers/said-capture.ts';

const hello = clientHello('a.example');

/** `alerts`: in clear, by the server: level, description; the first is frame 4. */
const told = (...alerts: readonly (readonly [level: number, description: number])[]) => {
  const passed: readonly Passed[] = [
    {atMs: 0, by: 'client', flags: 'S', seq: 1000},
    {atMs: 1, by: 'server', flags: 'SA', seq: 9000, ack: 1001},
    {atMs: 2, by: 'client', flags: 'PA', seq: 1001, ack: 9001, data: hello},
    ...alerts.map(([level, description], nth) => ({
      ...({atMs: 3 + nth, by: 'server', flags: 'PA', seq: 9001 + 7 * nth, ack: 1001 + hello.length} as const),
      data: Uint8Array.of(21, 3, 3, 0, 2, level, description),
    })),
  ];
  const {facts, inspector, told} = inspectedPassing(passed, 443);
  return inspectionMembers(facts, inspector, told).find(([name]) => name === 'tls')?.[1];
};

test('a ClientHello that nobody answers', () => {
  expect(told()).toEqual({
    ...{stream: 0, version: null, cipherSuite: null, sni: 'a.example', alpn: null, alpnOffered: []},
    ...{
      versionsOffered: ['TLS 1.3', 'TLS 1.2'],
      handshake: [{frame: 3, message: 'Client Hello'}],
      alerts: [],
    },
    ...{sessionResumed: null, helloRetryRequest: false, group: null, hybrid: false, groupsOffered: []},
    ...{keyShares: [], grease: false, clientHelloBytes: [hello.length - 5], certificateRequested: false},
    ...{clientCertificate: false, ocspRequested: false, ocspStapled: false, keyUpdates: 0, closeNotify: []},
    ...{earlyDataOffered: false, pskOffered: false},
  });
});

test('alerts by level and name, each with its number', () => {
  const json = told([1, 0], [2, 40], [3, 48], [2, 120]);
  expect(json).toMatchObject({
    alerts: [
      {frame: 4, level: 'Warning (1)', description: 'Close Notify (0)'},
      {frame: 5, level: 'Fatal (2)', description: 'Handshake Failure (40)'},
      {frame: 6, level: 'Unknown (3)', description: 'Unknown CA (48)'},
      {frame: 7, level: 'Fatal (2)', description: 'No application Protocol (120)'},
    ],
    closeNotify: ['server'],
  });
});
