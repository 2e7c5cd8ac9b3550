// What becomes of cookies and sessions.

import {copy, drop, overtaken, testTold, toldAlone} from './told-with.ts';

testTold(
  [
    // All that are kept in one instant are told, and the one that is refused (RFC 6265 §6.1).
    [
      ['cookies-session sizes', 8, overtaken(1)],
      {says: 'told.cookies.stored', host: 'browser', names: ['theme', 'layout'], domain: 'shop.example.com'},
      {says: 'told.cookies.refused', names: ['history'], domain: 'shop.example.com', tooLong: true},
    ],
    // A cookie takes the place of another one (RFC 6265 §5.3, step 11).
    [
      ['cookies-session base', 17, overtaken(2)],
      {says: 'told.cookies.stored', names: ['JSESSIONID'], domain: 'shop.example.com', replaces: true},
    ],
    // A cookie is not sent (RFC 6265 §5.4).
    [
      ['cookies-session over-tls', 36, copy()],
      {says: 'told.cookies.withheld', names: ['JSESSIONID'], domain: 'shop.example.com', reason: 'secure'},
    ],
    // A session begins, and it is told where its id goes. A cookie may end with the browser (RFC 6265 §5.3).
    [
      ['cookies-session base', 2, drop],
      {says: 'told.sessions.created', host: 'shop', id: '3996BDFD…'},
      {says: 'told.cookies.dropped', host: 'browser', names: ['JSESSIONID'], domain: 'shop.example.com'},
    ],
  ],
  toldAlone,
);
