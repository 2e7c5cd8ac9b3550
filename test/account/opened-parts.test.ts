// The flights of RFC 9846, figures 1 and 4, in its own brackets, read out of runs with their secrets.
import {expect, test} from 'vitest';
import {openedText, plainHand} from '../../source/account/notation.ts';
import {openedParts} from '../../source/account/opened-parts.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {page, runOf} from '../lesson/tls/page.ts';

const insideWords = (trace: Trace, packet: number): string | undefined =>
  openedText(openedParts(trace, packet), plainHand) || undefined;

const lesson = page(`apps:
  - {host: server, tls: {certificate: good, versions: [1.3], earlyData: true, http: {keepAlive: 2s, routes: [{get: /, body: 100B}]}}}
script:
  - {at: 0ms, host: client, call: get, url: 'https://www.example.com/'}
  - {at: 5s, host: client, call: get, url: 'https://www.example.com/', earlyData: true}
`);

const told = (trace: Trace): readonly string[] =>
  Array.from({length: trace.packetCount}, (_, index) => insideWords(trace, index + 1) ?? []).flat();

test('each flight in the brackets of its keys', () => {
  expect(told(runOf(lesson))).toEqual([
    '{EncryptedExtensions, Certificate, CertificateVerify, Finished}',
    '{Finished}',
    '[GET /]',
    '[NewSessionTicket]',
    '[200 OK]',
    '[Alert close_notify]',
    '[Alert close_notify]',
    '(GET /)',
    '{EncryptedExtensions, Finished}',
    '[200 OK]',
    '(EndOfEarlyData) {Finished}',
    '[NewSessionTicket]',
    '[Alert close_notify]',
    '[Alert close_notify]',
  ]);
});

const lost = page(`apps:
  - {host: server, tls: {certificate: good, versions: [1.3], groups: [x25519], earlyData: true, http: {keepAlive: 2s, routes: [{get: /, body: 100B}]}}}
  - {host: client, tls: {versions: [1.3], groups: [p256, x25519], shares: [p256]}}
script:
  - {at: 0ms, host: client, call: get, url: 'https://www.example.com/'}
  - {at: 5s, host: client, call: get, url: 'https://www.example.com/', earlyData: true}
runs: {base: {faults: [{drop: {from: client, data: true, nth: 3}}]}}
`);

test('early data before HelloRetryRequest are early; what is sent again says what it said (RFC 9846 §4.3.10, RFC 9293 §3.8.1)', () => {
  const trace = runOf(lost);
  const again = [...trace.events()].flatMap((event) =>
    event.kind === 'send' && event.retransmission ? [insideWords(trace, event.packet)] : [],
  );
  expect(again).toEqual(['{Finished}']);
  expect(told(trace)).toContain('(GET /)');
});

const stolen = page(`apps:
  - {host: server, tls: {certificate: good, versions: [1.3], earlyData: true, antiReplay: none, http: {keepAlive: 2s, routes: [{get: /, body: 100B}]}}}
script:
  - {at: 0ms, host: client, call: get, url: 'https://www.example.com/'}
  - {at: 5s, host: client, call: get, url: 'https://www.example.com/', earlyData: true}
  - {at: 9s, host: client, call: replay, of: {sends: client, tls: {message: ClientHello}, nth: 2}, to: 'server:443'}
`);

test('a replayed hello has one random and two sets of secrets: both connections are read', () => {
  const words = told(runOf(stolen));
  expect(words.filter((each) => each === '(GET /)')).toHaveLength(2);
  expect(words.filter((each) => each === '{EncryptedExtensions, Finished}')).toHaveLength(2);
});
