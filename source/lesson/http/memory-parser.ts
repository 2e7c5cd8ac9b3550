// Parses the part of an expression after `jar(`, as in `client.jar("www.abc.com").size`.
import {readHttpUrl} from '../../wire/http/uri.ts';
import {httpMemoryParserSentences} from '../../words/catalogue/lesson.ts';
import type {Cursor} from '../parser.ts';
import {problem} from '../problem.ts';
import {worded} from '../text.ts';
import {oneOf, word} from '../word-parser.ts';
import {type Jar, jarParts, rootOf} from './memory.ts';

export const jarOf = (cursor: Cursor): Jar => {
  const {kind, offset, text: site} = cursor.token;
  const {aSitesName, isNoHost, writeItLike} = httpMemoryParserSentences.jarOf;
  if (kind !== 'text') return cursor.expected(aSitesName);
  if (/[/?#]/.test(site.replace('https://', '')) || !readHttpUrl(rootOf(site)))
    cursor.fail(offset, problem(worded(isNoHost, {site}), writeItLike));
  cursor.advance();
  cursor.expect(')');
  cursor.expect('.');
  return {table: 'jar', site, part: oneOf(cursor, word(jarParts), jarParts)};
};
