// What `inspect` tells of certificates. Oracle: OpenSSL, by way of Node, over the same octets: whose, whose issue, its dates, its names.
import {X509Certificate} from 'node:crypto';
import {describe, expect, it} from 'vitest';
import {inspectCapture} from '../../source/io/capture.ts';
import {capturedTls} from '../../source/observe/tls-captured.ts';
import {tlsSessionsIn} from '../../source/observe/tls-sessions.ts';
import {capturedTrace, capturePath} from '../helpers/captured.ts';

const captures = ['16a-tls12-rsa-gcm.pcap', '16b-tls12-rsa-cbc.pcap', '16c-tls12-ecdhe-rsa.pcapng'];

const read = async (name: string) => {
  const inspected = await inspectCapture(capturePath(name));
  if (!inspected.ok) throw new Error(name);
  const {inspector} = inspected.value;
  return {tls: capturedTls(inspector.connections, undefined)};
};

const shownByNode = (name: string): X509Certificate => {
  const own = tlsSessionsIn(capturedTrace(name)).flatMap(({certificates}) => certificates[1].slice(0, 1))[0];
  if (!own) throw new Error(`${name} shows no certificate`);
  return new X509Certificate(own);
};

describe.each(captures)('the certificate of %s', (name) => {
  it('is told as OpenSSL reads it', async () => {
    const theirs = shownByNode(name);
    const {certificate, serverName = ''} = (await read(name)).tls[0]?.session ?? {};
    expect(theirs.subject.replaceAll('\\,', ',')).toContain(`CN=${certificate?.subject}`);
    expect(theirs.issuer).toContain(`CN=${certificate?.issuer}`);
    expect(certificate?.own).toBe(theirs.subject === theirs.issuer);
    expect(certificate?.notBeforeUs).toBe(1000 * Date.parse(theirs.validFrom));
    expect(certificate?.notAfterUs).toBe(1000 * Date.parse(theirs.validTo));
    expect(certificate?.fits).toBe(theirs.checkHost(serverName, {subject: 'never'}) !== undefined);
  });
});
