// The names of a capture in sentences: how many were asked for, which failed, and what came that cannot all be true.
import {type Text, worded} from '../../lesson/text.ts';
import type {DnsTransaction} from '../../observe/dns-transactions.ts';
import {displayName} from '../../wire/dns/display.ts';
import {Rcode, rcodeName} from '../../wire/dns/registry.ts';
import {reportTexts} from '../../words/catalogue/inspect.ts';
import {storyTexts as say} from '../../words/catalogue/story.ts';
import {addressIn, askedIn, ownQuestions} from './asked-names.ts';
import {errorText} from './dns-findings.ts';
import type {Told} from './told.ts';

const mostNamed = 3;

const countText = (dns: readonly DnsTransaction[], own: readonly DnsTransaction[]): Text => {
  const all = [...askedIn(dns).values()];
  const silent = all.filter(({answer}) => answer === undefined).length;
  const empty = all.filter(
    ({answer, failed}) =>
      !failed && answer && addressIn(answer) === undefined && (answer.response?.answers.length ?? 0) === 0,
  ).length;
  // What a resolver asks for others (RFC 1034 §5.3.3).
  const walked = dns.length - all.reduce((sum, {count}) => sum + count, 0);
  const checked = all.some(({answer}) => answer?.response?.flags.ad);
  const [first] = own;
  const isAlike = own.every(({transport}) => transport === first?.transport);
  // UDP goes without saying.
  const over =
    first && isAlike && first.transport !== 'udp' ? reportTexts.transports[first.transport] : undefined;
  return worded(say.names, {count: all.length, silent, empty, walked, checked, over});
};

const failedTexts = (dns: readonly DnsTransaction[]): readonly Text[] =>
  [...askedIn(dns)]
    .flatMap(([name, {failed, answer}]) => (failed ? [{name, failed, answer}] : []))
    .slice(0, mostNamed)
    .map(({name, failed, answer}) => {
      const why = errorText(failed.response);
      const rcode = rcodeName(failed.outcome?.rcode ?? Rcode.SERVFAIL);
      const unchecked = addressIn(answer) !== undefined && answer?.query.flags.cd === true;
      return worded(say.failedName, {name, rcode, withWhy: why !== '', why, unchecked});
    });

/** Replies of which not all can be true. */
const forgedTexts = (own: readonly DnsTransaction[]): readonly Text[] => {
  const odd = own.flatMap((each) => each.odd.map(({kind, count}) => ({kind, count, each})));
  const twice = odd.filter(({kind}) => kind === 'second');
  const astray = odd
    .filter(({kind}) => kind !== 'second' && kind !== 'unreadable')
    .reduce((sum, {count}) => sum + count, 0);
  const [first] = twice;
  const name = displayName(first?.each.query.questions[0]?.name ?? '');
  return [
    ...(first ? [worded(say.contradicted, {count: twice.length, name})] : []),
    ...(astray > 0 ? [worded(say.astray, {count: astray})] : []),
  ];
};

export const namesTexts = ({dns}: Told): readonly Text[] => {
  const own = ownQuestions(dns);
  if (own.length === 0) return [];
  return [countText(dns, own), ...failedTexts(dns), ...forgedTexts(own)];
};
