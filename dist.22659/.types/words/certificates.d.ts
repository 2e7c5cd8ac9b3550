import type { TlsNote } from '../stack/tls/effect.ts';
import type { placeNames } from './catalogue/certificates.ts';
export type ChainPlace = keyof typeof placeNames;
export type PathFault = Extract<TlsNote, {
    kind: 'pathFault';
}>['fault'];
