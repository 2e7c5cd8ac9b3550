// Words that questions share. Hosts are called as the picture of the run calls them.

import type {Lesson, Run} from '../lesson/lesson.ts';
import {text} from '../lesson/problem.ts';
import type {Text} from '../lesson/text.ts';

const known: {readonly [host: string]: Text} = {
  client: text('the client', '客户端'),
  server: text('the server', '服务器'),
  attacker: text('the attacker', '攻击者'),
  browser: text('the browser', 'browser'),
  shop: text('the shop', 'shop'),
  thief: text('the thief', 'thief'),
};

export const hostText = (host: string): Text => known[host] ?? text(host, host);

/** At the beginning of a sentence. */
export const hostFirst = (host: string): Text => {
  const {en, zh} = hostText(host);
  return text(known[host] ? en.charAt(0).toUpperCase() + en.slice(1) : en, zh);
};

/** Chinese sentences stand without spaces between Chinese words, with them around Latin ones. */
const spaced = (sentence: string): string =>
  sentence
    .replace(/([\p{Script=Han}])([A-Za-z0-9])/gu, '$1 $2')
    .replace(/([A-Za-z0-9%])([\p{Script=Han}])/gu, '$1 $2');

/** A sentence of both languages; hosts and values are put in by `fill`. */
export const sentence = (en: string, zh: string): Text => text(en, spaced(zh));

/** The same in both languages. */
export const same = (words: string): Text => text(words, words);

/** `“Handshake” (with data)`: a lesson and a run of it. */
export const titleOf = ({title: of}: Lesson, {title}: Run): Text =>
  title
    ? text(`“${of.en}” (${title.en})`, `「${of.zh}」（${title.zh}）`)
    : text(`“${of.en}”`, `「${of.zh}」`);
