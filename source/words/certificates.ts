// The words of the certificates panel, in both languages.
import type {TlsNote} from '../stack/tls/effect.ts';
import type {placeNames} from './catalogue/certificates.ts';

export type ChainPlace = keyof typeof placeNames;

export type PathFault = Extract<TlsNote, {kind: 'pathFault'}>['fault'];
