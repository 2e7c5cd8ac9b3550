// `jar("www.abc.com").size`: what stands behind a host's name and the opening bracket.
import {readHttpUrl} from '../../wire/http/uri.ts';
import type {Cursor} from '../parser.ts';
import {text} from '../problem.ts';
import {oneOf, word} from '../word-parser.ts';
import {type Jar, jarParts, rootOf} from './memory.ts';

export const jarOf = (cursor: Cursor): Jar => {
  const {kind, offset, text: site} = cursor.token;
  if (kind !== 'text') return cursor.expected(text('a site’s name in quotes', '引号里的站点名'));
  if (/[/?#]/.test(site.replace('https://', '')) || !readHttpUrl(rootOf(site)))
    cursor.fail(
      offset,
      text(`“${site}” is no host`, `「${site}」不是主机名`),
      text('write it like "www.abc.com"', '写成 "www.abc.com" 的样子'),
    );
  cursor.advance();
  cursor.expect(')');
  cursor.expect('.');
  return {table: 'jar', site, part: oneOf(cursor, word(jarParts), jarParts)};
};
