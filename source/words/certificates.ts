// The words of the certificates panel, in both languages.
import type {placeNames} from './catalogue/certificates.ts';

export type ChainPlace = keyof typeof placeNames;

export type {CertificateFault} from '../stack/tls/fault.ts';
