// RFC 8448: the server's key (§2), messages, records and secrets of the simple handshake (§3), of a resumed one (§4) and of
// one with HelloRetryRequest (§5).
import {createPrivateKey} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {octetsOf} from '../../../source/wire/octets.ts';

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../fixtures/rfc8448/${name}.json`, import.meta.url), 'utf8'));

type Texts = Readonly<Record<string, string>>;

const trace: {
  readonly inputs: Texts & {readonly messages: Texts};
  readonly computed: Texts;
  readonly labels: Readonly<Record<string, readonly [string, string, string]>>;
} = read('simple-1rtt');
const bytes: {readonly serverKey: Texts; readonly records: Texts} = read('simple-1rtt-records');

const octets = (texts: Texts, name: string): Uint8Array => {
  const text = texts[name];
  if (text === undefined) throw new Error(`RFC 8448 §3 has no ${name}`);
  return octetsOf(text);
};

const resumed: Texts & {readonly secrets: Texts; readonly records: Texts} = read('resumed-0rtt');
const retried: Texts & {readonly records: Texts} = read('hello-retry-request');

export const resumedRecord = (name: string): Uint8Array => octets(resumed.records, name);
export const resumedSecret = (name: string): string | undefined => resumed.secrets[name];
export const resumedPrivate = octets(resumed, 'client_x25519_private');
export const retriedRecord = (name: string): Uint8Array => octets(retried.records, name);
export const retriedPrivate = {
  x25519: octets(retried, 'client_x25519_private'),
  p256: octets(retried, 'client_p256_private'),
};

export const computed = (name: string): Uint8Array => octets(trace.computed, name);
export const computedNames = Object.keys(trace.computed);
export const labels = trace.labels;
export const message = (name: string): Uint8Array => octets(trace.inputs.messages, name);
export const record = (name: string): Uint8Array => octets(bytes.records, name);
export const clientPrivate = octets(trace.inputs, 'client_x25519_private');
export const serverPrivate = octets(trace.inputs, 'server_x25519_private');

export const join = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

const base64url = (name: string): string => Buffer.from(octets(bytes.serverKey, name)).toString('base64url');

/** PKCS #8. */
export const serverKey = (): Uint8Array => {
  const jwk = {
    kty: 'RSA',
    n: base64url('modulus'),
    e: base64url('publicExponent'),
    d: base64url('privateExponent'),
    p: base64url('prime1'),
    q: base64url('prime2'),
    dp: base64url('exponent1'),
    dq: base64url('exponent2'),
    qi: base64url('coefficient'),
  };
  return new Uint8Array(createPrivateKey({key: jwk, format: 'jwk'}).export({format: 'der', type: 'pkcs8'}));
};

/** DER: the first entry of the trace's Certificate message (RFC 9846 §4.5.1). */
export const certificate = message('Certificate').slice(11, -2);
