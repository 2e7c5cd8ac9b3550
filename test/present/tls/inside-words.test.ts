// The flights of RFC 9846, figures 1 and 4, in its own brackets, read out of runs with their secrets.
import {expect, test} from 'vitest';
import {insideWords} from '../../../source/present/tls/inside-words.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {page, runOf} from '../../lesson/tls/page.ts';

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
