// Reads the certificates that lessons name: PEM files under lessons/data/certificates, as octets for a run (RFC 7468).
import type {CredentialText} from '../../sim/tls-host.ts';
import {tlsCertificatesSentences} from '../../words/catalogue/lesson.ts';
import type {Beside} from '../beside.ts';
import {unknownWord} from '../problem.ts';
import type {Place} from '../vocabulary.ts';

const blocks = (pem: string, label: string): readonly string[] =>
  [...pem.matchAll(new RegExp(`-----BEGIN ${label}-----([^-]+)-----END ${label}-----`, 'g'))].map(
    ([, base64 = '']) => base64.replace(/[\s=]/g, '').replaceAll('+', '-').replaceAll('/', '_'),
  );

const suffixes = ['.ecdsa', '.rsa'] as const;

const credentialIn = (pem: string): CredentialText | undefined => {
  const [privateKey] = blocks(pem, 'PRIVATE KEY');
  return privateKey === undefined ? undefined : {chain: blocks(pem, 'CERTIFICATE'), privateKey};
};

/** Reads the certificates with keys that a lesson names: `good` means the ECDSA one and the RSA one, `good.rsa` only the latter. */
export const readCredentials = (name: string, {path, names, problems}: Place): readonly CredentialText[] => {
  const {beside} = names;
  const files = suffixes.some((suffix) => name.endsWith(suffix))
    ? [name]
    : suffixes.map((suffix) => `${name}${suffix}`);
  const found = files.flatMap((file) => {
    const pem = beside?.certificate(`${file}.pem`);
    return (pem === undefined ? undefined : credentialIn(pem)) ?? [];
  });
  if (found.length === 0) {
    const known = (beside?.certificateNames ?? []).flatMap((file) =>
      file.endsWith('.ecdsa.pem') ? [file.replace('.ecdsa.pem', '')] : [],
    );
    problems.add(
      [...path, 'certificate'],
      unknownWord(tlsCertificatesSentences.readCredentials, name, known),
    );
  }
  return found;
};

/** Returns the root certificates that clients trust, as base64url text: those of the lessons, or those of the attacker. */
export const rootsIn = (
  beside: Beside | undefined,
  whose: 'lesson' | 'attacker' = 'lesson',
): readonly string[] =>
  blocks(beside?.certificate(whose === 'lesson' ? 'roots.pem' : 'attacker-roots.pem') ?? '', 'CERTIFICATE');
