// Describes a selector in words, such as “client sends FIN,ACK, 2nd time”: for authors with the ids of hosts, for learners with their
// labels.

import {inEvery} from '../words/catalogue/language.ts';
import {describeSentences} from '../words/catalogue/lesson.ts';
import {type HasHosts, hostName} from './host-names.ts';
import {describeConditions, describeProtocolMatch} from './meanings.ts';
import type {Match, PacketMatch, Selector} from './selector.ts';
import {type Text, worded} from './text.ts';

export const describeSelector = ({match, nth, after}: Selector): Text =>
  worded(describeSentences.selector, {
    match: describeMatch(match),
    nth,
    later: after && describeSelector(after),
  });

const withCalled = ({match, nth, after}: Selector, called: (host: string) => string): Selector => ({
  match: 'host' in match && match.host !== undefined ? {...match, host: called(match.host)} : match,
  ...(nth === undefined ? {} : {nth}),
  ...(after ? {after: withCalled(after, called)} : {}),
});

/** Describes a selector to a learner, with the labels of the run's hosts in place of their ids. */
export const describeCalled = (selector: Selector, run: HasHosts): Text =>
  inEvery(
    (language) => describeSelector(withCalled(selector, (host) => hostName(run, host)[language]))[language],
  );

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
