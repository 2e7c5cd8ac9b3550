// Cookies and sessions in sentences: one for each, with whether the next request would have it.

import {cookieTexts, cookieWords, verdictTexts} from '../../words/catalogue/cookies.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {asSentence} from '../../words/spoken.ts';
import {spokenList, spokenText} from '../../words/spoken-text.ts';
import {type CookieLine, jarScenes, type SessionLine, sessionScenes} from '../http/cookies.ts';
import type {View} from '../view.ts';

const cookieSentence = (line: CookieLine, {language}: View): string => {
  const {name, value, domain, path, verdict, left, persistent} = line;
  const time = persistent
    ? cookieWords.spoken.left[language]({time: spokenText(left, language)})
    : cookieWords.spoken.leftOnClose[language];
  const known = cookieWords.spoken.cookie[language]({
    name,
    value: spokenText(value, language),
    scope: cookieWords.spoken.scope[language]({domain, path}),
    left: time,
  });
  if (verdict === 'unknown') return known;
  const fate =
    verdict === 'sent'
      ? cookieWords.spoken.sent[language]
      : cookieWords.spoken.withheld[language]({reason: verdictTexts[verdict][language]});
  return `${known}${punctuation.comma[language]}${fate}`;
};

const sessionSentence = ({id, user, left, expired, heldBy}: SessionLine, {language}: View): string => {
  const time = expired
    ? cookieTexts.expired[language]
    : cookieWords.spoken.left[language]({time: spokenText(left, language)});
  const held = heldBy.length === 0 ? cookieTexts.nobody[language] : spokenList(heldBy, language);
  return `${cookieWords.spoken.session[language]({id, withUser: user !== '', user, left: time})}${punctuation.comma[language]}${cookieWords.spoken.heldBy[language]({hosts: held})}`;
};

export const spokenCookies = (view: View): readonly string[] => {
  const {language} = view;
  const jars = jarScenes(view).flatMap(({host, lines}) =>
    lines.length === 0
      ? [cookieWords.holdsNone[language]({title: cookieWords.jarOf[language]({host})})]
      : [cookieWords.jarOf[language]({host}), ...lines.map((line) => cookieSentence(line, view))],
  );
  const sessions = sessionScenes(view).flatMap(({host, lines}) =>
    lines.length === 0
      ? [cookieWords.holdsNone[language]({title: cookieWords.sessionsOf[language]({host})})]
      : [cookieWords.sessionsOf[language]({host}), ...lines.map((line) => sessionSentence(line, view))],
  );
  return [...jars, ...sessions].map((line) => asSentence(line, language));
};
