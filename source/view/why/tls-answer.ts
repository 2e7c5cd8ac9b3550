// *Why?* of a key and of a chain of certificates: who knows or believes it since when, and the step of TLS behind that.
import {keysWords} from '../../words/catalogue/keys.ts';
import {whyCertificates, whyKey} from '../../words/catalogue/why.ts';
import type {Subject} from '../subject.ts';
import {verdictText} from '../tls/certificate-words.ts';
import {certificateScene} from '../tls/certificates.ts';
import {type TlsEventSeen, tlsAtHand} from '../tls/connections.ts';
import {type KeyRow, keyScene} from '../tls/key-schedule.ts';
import {keyName, knownTexts, madeText} from '../tls/key-words.ts';
import type {View} from '../view.ts';
import {nothingToTell, type Why, whyOf} from './scene-why.ts';

/** The step with which whoever knew it first came to know it. */
const learning = (view: View, {place, knownBy: [first]}: KeyRow): TlsEventSeen | undefined => {
  const steps = (tlsAtHand(view)?.events ?? []).filter(
    ({host, atUs, what}) =>
      host === first?.host &&
      atUs === first.atUs &&
      (what.kind === 'schedule' || what.kind === 'secret' || what.kind === 'keys'),
  );
  return steps.find(({what}) => what.kind === 'schedule' && what.step === place) ?? steps.at(-1);
};

const answered = (view: View, event: number | undefined, told: Pick<Why, 'heading' | 'paragraphs'>): Why => {
  const why = event === undefined ? nothingToTell(view) : whyOf(view, event);
  const {heading, paragraphs} = told;
  return {
    ...why,
    heading,
    paragraphs: [...paragraphs, ...why.paragraphs],
    notBecause: undefined,
    next: undefined,
  };
};

export const keyAnswer = (view: View, {place, update}: Extract<Subject, {kind: 'key'}>): Why => {
  const {language} = view;
  const row = keyScene(view)?.rows.find((each) => each.place === place && each.update === update);
  if (row === undefined) return nothingToTell(view);
  const known = knownTexts(row, view, (host, time) => keysWords.known[language]({host, time}));
  return answered(view, learning(view, row)?.n, {
    heading: whyKey.heading[language]({name: keyName(row, view)}),
    paragraphs: [
      ...(row.made ? [whyKey.made[language]({message: madeText(row.made, view)})] : []),
      ...(known.length > 0 ? [whyKey.known[language]({who: known})] : []),
    ],
  });
};

/** Its verdict, and the check that failed. */
export const certificatesAnswer = (view: View): Why => {
  const {language} = view;
  const {verdict} = certificateScene(view) ?? {};
  if (verdict === undefined) return nothingToTell(view);
  const judged = tlsAtHand(view)?.events.find(({what}) => what.kind === 'pathFault' || what.kind === 'path');
  const isJudged = verdict.kind !== 'unjudged';
  return answered(view, isJudged ? judged?.n : undefined, {
    heading: whyCertificates[verdict.kind][language],
    paragraphs: [
      ...(verdict.kind === 'refused' ? [verdictText(verdict, language)] : []),
      ...(isJudged ? [] : [whyCertificates.untold[language]]),
    ],
  });
};
