// The TLS part of selectors: conditions on the TLS messages that begin in a packet and on the event at which keys are got, and their
// description for an author.
import type {TraceEvent} from '../../sim/trace.ts';
import {tlsMatchSentences} from '../../words/catalogue/lesson.ts';
import type {PacketFacts} from '../packet-facts.ts';
import {type Text, worded} from '../text.ts';
import type {TlsPart} from './stream.ts';

export const messageNames = [
  ...['ClientHello', 'ServerHello', 'HelloRetryRequest', 'EncryptedExtensions', 'CertificateRequest'],
  ...['Certificate', 'CertificateVerify', 'ServerKeyExchange', 'ServerHelloDone', 'ClientKeyExchange'],
  ...['Finished', 'NewSessionTicket', 'KeyUpdate', 'EndOfEarlyData', 'HelloRequest'],
  ...['ChangeCipherSpec', 'Alert', 'ApplicationData'],
] as const;

type PartConditions = {readonly message?: string; readonly encrypted?: boolean};

export type TlsConditions = {readonly tls?: PartConditions};

/** A selector of the event at which an end of a TLS connection gets the keys for its application data, in one direction or the other. */
export type TlsMatch = {readonly kind: 'keys'; readonly host?: string};

const isSuch = ({message, encrypted}: PartConditions, part: TlsPart): boolean =>
  (message === undefined || part.name === message) &&
  (encrypted === undefined || part.encrypted === encrypted);

export const fulfilsTls = ({tls}: TlsConditions, {tlsParts}: PacketFacts): boolean =>
  tls === undefined || tlsParts().some((part) => isSuch(tls, part));

export const describeTlsConditions = ({tls}: TlsConditions): readonly string[] => {
  if (tls === undefined) return [];
  const {message, encrypted} = tls;
  return [['tls', message ?? [], encrypted === undefined ? [] : `encrypted: ${encrypted}`].flat().join(' ')];
};

export const isTlsMatch = (event: TraceEvent): boolean =>
  event.kind === 'tls' && event.what.kind === 'keys' && event.what.epoch === 'application';

export const describeTlsMatch = ({host}: TlsMatch): Text =>
  host === undefined
    ? tlsMatchSentences.describeTlsMatch.keysDerived
    : worded(tlsMatchSentences.describeTlsMatch.keysDerivedBy, {host});
