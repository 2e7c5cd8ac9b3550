// What browsers keep as cookies and servers as sessions, and what the next request would carry.

import {cookieTexts} from '../../words/catalogue/cookies.ts';
import {hasCookies} from '../http/cookies.ts';
import {putCookies} from '../http/cookies-drawing.ts';
import {definePanel} from '../panel.ts';
import {spokenCookies} from '../spoken/spoken-cookies.ts';

/** `shop.sessions.count`, `browser.jar("shop.example.com").size`, and the two fields. */
const value = /^(\w+\.)?(jar|sessions)\b|^http\.(set_)?cookie$/;

export const cookiesPanel = definePanel({
  name: 'cookies',
  title: cookieTexts.title,
  shows: (name) => value.test(name),
  isAvailable: hasCookies,
  leads: hasCookies,
  least: {columns: 34, rows: 5},
  best: {columns: 112, rows: 12},
  places: ['lower', 'side'],
  covers: 'picture',
  spoken: spokenCookies,
  put: putCookies,
});
