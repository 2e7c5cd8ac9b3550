// What browsers keep as cookies and servers as sessions, and what the next request would carry.

import {cookieTexts} from '../../words/catalogue/cookies.ts';
import {hasCookies, jarScenes, sessionScenes} from '../http/cookies.ts';
import {putCookies} from '../http/cookies-drawing.ts';
import {definePanel, upDownKeys, wayOf} from '../panel.ts';
import {type RowOwn, rowMoved, rowSubject, subjectsIn} from '../row-cursor.ts';
import {spokenCookies} from '../spoken/spoken-cookies.ts';
import type {Subject} from '../subject.ts';
import type {View} from '../view.ts';

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
