// Which secret opened which records. Oracle: without that secret they stay closed.
import {describe, expect, test} from 'vitest';
import {openedBy} from '../../source/observe/tls-opened.ts';
import {type TlsSession, tlsSessionsIn} from '../../source/observe/tls-sessions.ts';
import {hexOf} from '../../source/wire/octets.ts';
import {capturedTrace} from '../helpers/captured.ts';
import {keyFileOf, keysOf} from './tls-captured.ts';

const sessionsWith = (name: string, log: string): readonly TlsSession[] =>
  tlsSessionsIn(capturedTrace(name).withKeys(keysOf(Buffer.from(log))));

const openFrames = ({contents}: TlsSession): readonly number[] =>
  contents.flatMap(({encrypted, content, seen}) => (encrypted && content !== undefined ? [seen.frame] : []));

const whole = Number.POSITIVE_INFINITY;

describe.each([
  '16a-tls12-rsa-gcm.pcap',
  '16c-tls12-ecdhe-rsa.pcapng',
  '16e-tls13-full.pcapng',
  '16g-tls13-early-data.pcap',
  '16h-tls13-hello-retry.pcapng',
  '17a-url-to-page-tls13.pcap',
])('%s', (name) => {
  const log = keyFileOf(name)?.toString() ?? '';
  const sessions = sessionsWith(name, log);

  test('every record that is open was opened by one secret of the log', () => {
    expect(sessions.length).toBeGreaterThan(0);
    for (const session of sessions) {
      const opened = openedBy(session, keysOf(Buffer.from(log)).log, whole);
      expect(opened.length).toBeGreaterThan(0);
      expect(opened.flatMap(({frames}) => frames).toSorted((a, b) => a - b)).toEqual(
        openFrames(session).toSorted((a, b) => a - b),
      );
      for (const {label, secret} of opened)
        expect(log).toContain(
          `${label} ${hexOf(session.hellos.client?.random ?? new Uint8Array())} ${hexOf(secret ?? new Uint8Array())}`,
        );
    }
  });

  test('without that secret its records stay closed', () => {
    for (const [index, session] of sessions.entries())
      for (const {label, secret, frames} of openedBy(session, keysOf(Buffer.from(log)).log, whole)) {
        const others = log
          .split('\n')
          .filter((line) => !line.includes(hexOf(secret ?? new Uint8Array())))
          .join('\n');
        const closed = sessionsWith(name, others)[index];
        const still = closed ? openedBy(closed, keysOf(Buffer.from(others)).log, whole) : [];
        expect(still.map((each) => each.label)).not.toContain(label);
        const left = closed ? openFrames(closed).length : 0;
        expect(left).toBeLessThanOrEqual(openFrames(session).length - frames.length);
      }
  });
});
