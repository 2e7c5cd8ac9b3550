// A selector in words, for the errors of authors: “client sends FIN,ACK, 2nd time”.

import {describeSentences} from '../words/catalogue/lesson.ts';
import {describeConditions, describeProtocolMatch} from './meanings.ts';
import {text} from './problem.ts';
import type {Match, PacketMatch, Selector} from './selector.ts';
import {type Text, worded} from './text.ts';

export const describeSelector = ({match, nth, after}: Selector): Text => {
  const {en, zh} = describeMatch(match);
  const times =
    nth === undefined
      ? describeSentences.describeSelector.times.text
      : worded(describeSentences.describeSelector.times.number, {nth});
  const later = after ? describeSelector(after) : undefined;
  const since = later
    ? worded(describeSentences.describeSelector.since.after, {later})
    : describeSentences.describeSelector.since.text;
  return text(`${en}${times.en}${since.en}`, `${zh}${times.zh}${since.zh}`);
};

const describeMatch = (match: Match): Text => {
  switch (match.kind) {
    case 'packet':
      return describePacket(match);
    case 'call': {
      const [en, zh] = [match.host ?? 'a host', match.host ?? '某台主机'];
      const returns = match.returns
        ? worded(describeSentences.describeMatch.call.returns.returns, {returns: match.returns})
        : describeSentences.describeMatch.call.returns.text;
      return text(`${en}: ${match.call}${returns.en}`, `${zh} 的 ${match.call}${returns.zh}`);
    }
    case 'at':
      return worded(describeSentences.describeMatch.at, {atUs: match.atUs / 1000});
    case 'end':
      return describeSentences.describeMatch.end;
    default:
      return describeProtocolMatch(match);
  }
};

const verbs = {
  sends: describeSentences.verbs.sends,
  arrives: describeSentences.verbs.arrives,
  drops: describeSentences.verbs.drops,
  forwards: describeSentences.verbs.forwards,
};

const describePacket = (match: PacketMatch): Text => {
  const verb = verbs[match.what];
  const details = describeConditions(match);
  const which = details.length > 0 ? ` ${details.join(', ')}` : '';
  return text(
    `${match.host ?? 'a host'} ${verb.en}${which || ' a packet'}`,
    `${match.host ?? '某台主机'} ${verb.zh}${which || '一个分组'}`,
  );
};
