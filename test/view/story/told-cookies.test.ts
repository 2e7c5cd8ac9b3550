// What becomes of cookies and sessions, each in both languages.

import {expect, test} from 'vitest';
import type {FaultKind} from '../../../source/sim/fault.ts';
import {drop, toldAlone} from './told-with.ts';

const reorder: FaultKind = {kind: 'reorder', places: 1};

const sentences: readonly (readonly [string, readonly [string, number, FaultKind], string, string])[] = [
  [
    'all that are kept in one instant, and the one that is refused (RFC 6265 §6.1)',
    ['cookies-session sizes', 8, reorder],
    'The browser keeps the cookies theme, layout for shop.example.com. The browser refuses the cookie history for shop.example.com: name and value together are longer than 4096 octets, the most that it keeps.',
    '浏览器保存 shop.example.com 的 Cookie theme、layout。浏览器拒收 shop.example.com 的 Cookie history：名和值合计超过 4096 字节，即它保存的上限。',
  ],
  [
    'one that takes the place of another (RFC 6265 §5.3, step 11)',
    ['cookies-session base', 17, {kind: 'reorder', places: 2}],
    'The browser keeps the new cookie JSESSIONID for shop.example.com in place of the old one.',
    '浏览器把 shop.example.com 的 Cookie JSESSIONID 换成了新的。',
  ],
  [
    'a cookie that stays behind (RFC 6265 §5.4)',
    ['cookies-session over-tls', 36, {kind: 'dup', afterUs: 0}],
    'The browser has the cookie JSESSIONID for shop.example.com, but does not send it with this request, which goes in clear: Secure means TLS only.',
    '浏览器有 shop.example.com 的 Cookie JSESSIONID，但这个请求不带：请求走明文，而 Secure 要求只走 TLS。',
  ],
  [
    'a session, and where its id goes',
    ['cookies-session base', 2, drop],
    'The shop begins a session: its id, 3996BDFD…, stands in Set-Cookie.',
    '商店新建一个会话，把会话 id 3996BDFD… 写进 Set-Cookie。',
  ],
  [
    'what ends with the browser (RFC 6265 §5.3)',
    ['cookies-session base', 2, drop],
    'The browser closes, and with it goes the cookie JSESSIONID for shop.example.com: without Max-Age and Expires it lasts no longer (RFC 6265 §5.3).',
    '浏览器关闭，shop.example.com 的 Cookie JSESSIONID 随之丢弃：没有 Max-Age 和 Expires，就只保留到这时（RFC 6265 §5.3）。',
  ],
];

test.each(sentences)('%s', (_, [name, packet, kind], en, zh) => {
  const told = toldAlone(name, packet, kind);
  expect(told).toContain(en);
  expect(told).toContain(zh);
});
