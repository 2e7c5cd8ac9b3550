// The chain of certificates in sentences: each with its facts, then the verdict of the client.

import {certificateTexts, faultWords, placeNames} from '../../words/catalogue/certificates.ts';
import {between} from '../../words/catalogue/panels.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {asSentence} from '../../words/spoken.ts';
import {spokenText, unspaced} from '../../words/spoken-text.ts';
import {
  checkName,
  checkReason,
  checkText,
  factsOf,
  subjectText,
  verdictText,
} from '../tls/certificate-words.ts';
import {absenceOf, type ChainLink, certificateScene} from '../tls/certificates.ts';
import type {View} from '../view.ts';

const linkWords = (link: ChainLink, {language}: View): string => {
  const comma = punctuation.comma[language];
  const colon = punctuation.colon[language];
  const facts = factsOf(link, language).map(({name, value}) => unspaced(`${name} ${value}`));
  const fault = link.fault ? [faultWords[link.fault][language]] : [];
  const head = `${placeNames[link.place][language]}${colon}${subjectText(link, language)}`;
  return [head, ...facts, ...fault].join(comma);
};

export const spokenCertificates = (view: View): readonly string[] => {
  const {language} = view;
  const scene = certificateScene(view);
  if (!scene || scene.links.length === 0) return [certificateTexts[absenceOf(scene)][language]];
  const verdict = `${certificateTexts.title[language]}${between.head[language]}${verdictText(scene.verdict, language)}`;
  const checks = scene.checks.map((each) =>
    [
      `${checkName(each, language)}${punctuation.colon[language]}${checkText(each, language)}`,
      spokenText(each.rfc, language),
      checkReason(each, language) || [],
    ]
      .flat()
      .join(punctuation.comma[language]),
  );
  return [verdict, ...scene.links.map((link) => linkWords(link, view)), ...checks].map((line) =>
    asSentence(line, language),
  );
};
