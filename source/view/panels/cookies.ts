// What browsers keep as cookies and servers as sessions, and what the next request would carry.

import {cookieTexts, cookieWords, verdictTexts} from '../../words/catalogue/cookies.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {selectedLine} from '../../words/catalogue/why.ts';
import {asSentence} from '../../words/spoken.ts';
import {spokenList, spokenText} from '../../words/spoken-text.ts';
import {type CookieLine, hasCookies, jarScenes, type SessionLine, sessionScenes} from '../http/cookies.ts';
import {putCookies} from '../http/cookies-drawing.ts';
import {definePanel, upDownKeys, wayOf} from '../panel.ts';
import {type RowOwn, rowMoved, rowSubject, subjectsIn} from '../row-cursor.ts';
import type {Subject} from '../subject.ts';
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

/** A sentence for each cookie and session, with whether the next request would have it. */
const spokenCookies = (view: View, own: RowOwn): readonly string[] => {
  const {language} = view;
  const [jarsNow, sessionsNow] = [jarScenes(view), sessionScenes(view)];
  const selected = rowSubject(subjectsIn([...jarsNow, ...sessionsNow]), own);
  const marked = (subject: Subject, line: string): string =>
    subject === selected ? selectedLine[language]({line}) : line;
  const told = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [cookieWords.holdsNone[language]({title})] : [title, ...lines];
  const jars = jarsNow.flatMap(({host, lines}) =>
    told(
      cookieWords.jarOf[language]({host}),
      lines.map((line) => marked(line.subject, cookieSentence(line, view))),
    ),
  );
  const sessions = sessionsNow.flatMap(({host, lines}) =>
    told(
      cookieWords.sessionsOf[language]({host}),
      lines.map((line) => marked(line.subject, sessionSentence(line, view))),
    ),
  );
  return [...jars, ...sessions].map((line) => asSentence(line, language));
};

/** `shop.sessions.count`, `browser.jar("shop.example.com").size`, and the two fields. */
const value = /^(\w+\.)?(jar|sessions)\b|^http\.(set_)?cookie$/;

const subjectsOf = (view: View): readonly Subject[] =>
  subjectsIn([...jarScenes(view), ...sessionScenes(view)]);

export const cookiesPanel = definePanel<RowOwn>({
  name: 'cookies',
  title: cookieTexts.title,
  start: undefined,
  keys: [upDownKeys(cookieTexts.keys)],
  command: (view, own, command) => rowMoved(subjectsOf(view), own, wayOf(command)),
  subject: (view, own) => rowSubject(subjectsOf(view), own),
  shows: value,
  isAvailable: hasCookies,
  leads: hasCookies,
  least: {columns: 34, rows: 5},
  best: {columns: 112, rows: 12},
  places: ['lower', 'side'],
  covers: 'picture',
  spoken: spokenCookies,
  put: putCookies,
});
