// The words of HTTP messages and followed streams, in both languages.
import {type Language, spaced} from '../lesson/text.ts';
import {lists} from './catalogue/punctuation.ts';

/** The largest number of packets that a list names one by one; of a longer list only the first and the last are named. */
const listed = 3;

export const packetList = (all: readonly number[], language: Language): string => {
  if (all.length > listed) return `${all[0]} … ${all.at(-1)}`;
  return all.length < 2
    ? all.join('')
    : spaced(lists.and[language]({before: all.slice(0, -1), last: all.at(-1) ?? ''}));
};
