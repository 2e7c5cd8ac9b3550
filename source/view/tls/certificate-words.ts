// Writes the texts on a certificate: its owner, names, dates and key, and who signed it.
import type {Language} from '../../lesson/text.ts';
import {dateText} from '../../wire/http/calendar.ts';
import {type Certificate, shortName} from '../../wire/tls/certificate.ts';
import {objectNames} from '../../wire/tls/object-names.ts';
import {
  certificateTexts,
  certificateWords,
  checkNames,
  faultWords,
} from '../../words/catalogue/certificates.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import type {CheckMade} from './certificate-checks.ts';
import type {ChainLink, Verdict} from './certificates.ts';

export const subjectText = ({certificate}: ChainLink, language: Language): string =>
  certificate ? shortName(certificate.subject) : certificateTexts.unreadable[language];

const known = (id: string): string => objectNames[id] ?? id;

const keyText = ({publicKey: {algorithm, curve, modulusBits}}: Certificate, language: Language): string => {
  if (modulusBits !== undefined) return certificateWords.rsa[language]({bits: modulusBits});
  return [known(algorithm), curve === undefined ? [] : known(curve)].flat().join(' ');
};

export const issuerText = ({place, certificate}: ChainLink, language: Language): string => {
  if (!certificate) return '';
  const itself = place === 'self' || shortName(certificate.issuer) === shortName(certificate.subject);
  return itself ? certificateTexts.itself[language] : shortName(certificate.issuer);
};

export const untilText = ({certificate}: ChainLink, language: Language): string =>
  certificate ? certificateWords.until[language]({date: dateText(certificate.notAfterUs)}) : '';

export type CertificateFact = {readonly name: string; readonly value: string};

export const factsOf = (link: ChainLink, language: Language): readonly CertificateFact[] => {
  const {certificate} = link;
  if (!certificate) return [];
  const {notBeforeUs, notAfterUs, signatureAlgorithm, extensions} = certificate;
  const names = (extensions.subjectAltNames ?? []).map((each) =>
    each.kind === 'dns' ? each.name : each.address,
  );
  const fact = (name: 'names' | 'valid' | 'key' | 'signedBy', value: string): CertificateFact => ({
    name: certificateTexts[name][language],
    value,
  });
  return [
    ...(names.length > 0 ? [fact('names', names.join(', '))] : []),
    fact('valid', certificateWords.range[language]({from: dateText(notBeforeUs), to: dateText(notAfterUs)})),
    fact('key', keyText(certificate, language)),
    fact(
      'signedBy',
      certificateWords.signed[language]({
        issuer: issuerText(link, language),
        algorithm: known(signatureAlgorithm),
      }),
    ),
  ];
};

const alertText = (said: string, name: string, language: Language): string =>
  `${said}${punctuation.comma[language]}${certificateWords.alert[language]({name})}`;

export const verdictText = (verdict: Verdict, language: Language): string => {
  if (verdict.kind === 'rejected')
    return alertText(certificateTexts.refused[language], verdict.alert, language);
  if (verdict.kind !== 'refused') return certificateTexts[verdict.kind][language];
  const reason = certificateWords.verdict[language]({
    verdict: certificateTexts.refused[language],
    reason: faultWords[verdict.fault][language],
  });
  return verdict.alert === undefined ? reason : alertText(reason, verdict.alert, language);
};

export const checkName = ({check}: CheckMade, language: Language): string => checkNames[check][language];

export const checkText = ({result, done}: CheckMade, language: Language): string =>
  certificateWords.result[language]({result, done});

/** Returns a text on why a check of certificates failed; empty if it did not fail. */
export const checkReason = ({fault}: CheckMade, language: Language): string =>
  fault ? faultWords[fault][language] : '';
