// Describes a selector in words for the errors of authors: “client sends FIN,ACK, 2nd time”.

import {describeSentences} from '../words/catalogue/lesson.ts';
import {describeConditions, describeProtocolMatch} from './meanings.ts';
import type {Match, PacketMatch, Selector} from './selector.ts';
import {type Text, worded} from './text.ts';

export const describeSelector = ({match, nth, after}: Selector): Text =>
  worded(describeSentences.selector, {
    match: describeMatch(match),
    nth,
    later: after && describeSelector(after),
  });

const describeMatch = (match: Match): Text => {
  switch (match.kind) {
    case 'packet':
      return describePacket(match);
    case 'call':
      return worded(describeSentences.call, {host: match.host, call: match.call, returns: match.returns});
    case 'at':
      return worded(describeSentences.at, {atUs: match.atUs / 1000});
    case 'end':
      return describeSentences.end;
    default:
      return describeProtocolMatch(match);
  }
};

const describePacket = (match: PacketMatch): Text => {
  const details = describeConditions(match);
  return worded(describeSentences.packet, {
    host: match.host,
    verb: describeSentences.verbs[match.what],
    which: details.length > 0 ? details.join(', ') : undefined,
  });
};
