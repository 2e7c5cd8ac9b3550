// Cookies and sessions in sentences: one for each, with whether the next request would have it.

import {cookieTexts, verdictTexts} from '../../words/catalogue/cookies.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {cookieWords} from '../../words/cookies.ts';
import {ended} from '../../words/spoken.ts';
import {type CookieLine, jarScenes, type SessionLine, sessionScenes} from '../http/cookies.ts';
import type {View} from '../view.ts';
import {sentence, spokenList, spokenText} from './spoken-text.ts';

const cookieSentence = (line: CookieLine, {language}: View): string => {
  const {spoken} = cookieWords[language];
  const {name, value, domain, path, verdict, left, persistent} = line;
  const time = persistent ? spoken.left(spokenText(left, language)) : spoken.leftOnClose;
  const known = spoken.cookie(name, spokenText(value, language), spoken.scope(domain, path), time);
  if (verdict === 'unknown') return known;
  const fate = verdict === 'sent' ? spoken.sent : spoken.withheld(verdictTexts[verdict][language]);
  return `${known}${punctuation.comma[language]}${fate}`;
};

const sessionSentence = ({id, user, left, expired, heldBy}: SessionLine, {language}: View): string => {
  const {spoken} = cookieWords[language];
  const time = expired ? cookieTexts.expired[language] : spoken.left(spokenText(left, language));
  const held = heldBy.length === 0 ? cookieTexts.nobody[language] : spokenList(heldBy, language);
  return `${spoken.session(id, user, time)}${punctuation.comma[language]}${spoken.heldBy(held)}`;
};

export const spokenCookies = (view: View): readonly string[] => {
  const {language} = view;
  const words = cookieWords[language];
  const jars = jarScenes(view).flatMap(({host, lines}) =>
    lines.length === 0
      ? [words.holdsNone(words.jarOf(host))]
      : [words.jarOf(host), ...lines.map((line) => cookieSentence(line, view))],
  );
  const sessions = sessionScenes(view).flatMap(({host, lines}) =>
    lines.length === 0
      ? [words.holdsNone(words.sessionsOf(host))]
      : [words.sessionsOf(host), ...lines.map((line) => sessionSentence(line, view))],
  );
  return [...jars, ...sessions].map((line) => ended(sentence(line, language), language));
};
