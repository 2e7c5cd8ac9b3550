// The lessons' certificates, and those that tests need besides, as octets.
import {createPrivateKey} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {root} from './root.ts';

const blocks = (text: string, label: string): readonly string[] =>
  text.match(new RegExp(`-----BEGIN ${label}-----[^-]+-----END ${label}-----`, 'g')) ?? [];

const octetsOf = (pem: string): Uint8Array =>
  new Uint8Array(Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64'));

export type Credentials = {readonly chain: readonly Uint8Array[]; readonly privateKey: Uint8Array};

const certificatesFolder = join(root, 'lessons/data/certificates');
const authoritiesFolder = join(root, 'test/fixtures/authorities');

const certificatesIn = (file: string): readonly Uint8Array[] =>
  blocks(readFileSync(file, 'utf8'), 'CERTIFICATE').map(octetsOf);

/** `good.ecdsa`, `expired.rsa`, … */
export const credentials = (name: string): Credentials => {
  const file = join(certificatesFolder, `${name}.pem`);
  const privateKey = createPrivateKey(readFileSync(file)).export({format: 'der', type: 'pkcs8'});
  return {chain: certificatesIn(file), privateKey: new Uint8Array(privateKey)};
};

export const roots = (): readonly Uint8Array[] => certificatesIn(join(certificatesFolder, 'roots.pem'));
export const attackerRoots = (): readonly Uint8Array[] =>
  certificatesIn(join(certificatesFolder, 'attacker-roots.pem'));

/** Of `by-site` and `below-deeper`, which no client may accept. */
export const refusedChain = (name: string): readonly Uint8Array[] =>
  certificatesIn(join(authoritiesFolder, `${name}.pem`));

/** The private key of an authority below the root, with which tests issue what no authority would. */
export const issuingKey = (name: string): Uint8Array => {
  const key = createPrivateKey(readFileSync(join(authoritiesFolder, `${name}.pem`)));
  return new Uint8Array(key.export({format: 'der', type: 'pkcs8'}));
};
