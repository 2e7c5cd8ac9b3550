// What packets of recorded QUIC captures are called: tshark 4.0.17 lists the same frames in the same packets.
import {readFileSync} from 'node:fs';
import {expect, it} from 'vitest';
import {plainHand, quicText} from '../../source/account/notation.ts';
import {quicPartOf} from '../../source/account/quic-parts.ts';
import {traceOfFile} from '../helpers/captured.ts';
import {quicFile, quicTrace} from '../observe/quic-captures.ts';

const labels = (name: string, secrets: boolean, packets: readonly number[]): readonly string[] => {
  const trace = quicTrace(name, secrets);
  return packets.map((packet) => {
    const part = quicPartOf(trace, packet);
    return part ? quicText(part, plainHand) : '';
  });
};

it('names packets by type, frames, messages and requests', () => {
  expect(labels('22a-h3-get', true, [1, 3, 5, 6, 11, 14, 16, 21, 23, 27])).toEqual([
    '',
    'Initial: CRYPTO ClientHello (SNI www.example.com)',
    'Initial: ACK, CRYPTO ServerHello + Handshake: CRYPTO EncryptedExtensions, Certificate, CertificateVerify, Finished + 1-RTT: 3× NEW_CONNECTION_ID',
    '1-RTT: STREAM 3 SETTINGS',
    '1-RTT: STREAM 0 GET /',
    '1-RTT: HANDSHAKE_DONE, NEW_TOKEN, CRYPTO NewSessionTicket',
    '1-RTT: STREAM 0 200, DATA 97 B',
    '1-RTT: STREAM 4 1229 B',
    '1-RTT: STREAM 4 0 B FIN',
    '1-RTT: CONNECTION_CLOSE H3_NO_ERROR',
  ]);
});

it('opens what anybody can open, and calls the rest closed', () => {
  expect(labels('22c-quic-retry', false, [4, 5, 6, 7])).toEqual([
    'Initial: CRYPTO ClientHello (SNI www.example.com)',
    'Retry',
    'Initial: CRYPTO ClientHello (SNI www.example.com)',
    'Initial: ACK, CRYPTO ServerHello + Handshake 958 B (encrypted) + 1-RTT 91 B (encrypted)',
  ]);
});

it('without the means to look it is UDP', () => {
  const name = '22a-h3-get';
  expect(quicPartOf(traceOfFile(readFileSync(quicFile(name)), name), 3)).toBeUndefined();
});
