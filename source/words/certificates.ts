// The words of the certificates panel, in both languages.
import type {TlsNote} from '../stack/tls/effect.ts';
import type {placeNames} from './catalogue/certificates.ts';

export type ChainPlace = keyof typeof placeNames;

/** What is wrong with the path, with what its key is for, or with the proof that the server has that key. */
export type CertificateFault = Extract<TlsNote, {kind: 'pathFault'}>['fault'] | 'possession' | 'usage';
