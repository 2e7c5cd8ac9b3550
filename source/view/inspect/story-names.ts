// Describes the DNS of a capture in sentences: how many names were asked for and how, and which lead elsewhere.
import {type Text, worded} from '../../lesson/text.ts';
import type {DnsTransaction} from '../../observe/dns-transactions.ts';
import {isWrong} from '../../verdict/finding.ts';
import {displayName} from '../../wire/dns/display.ts';
import {algorithmName, Rcode, RecordType, typeName} from '../../wire/dns/registry.ts';
import {reportTexts} from '../../words/catalogue/inspect.ts';
import {storyTexts as say} from '../../words/catalogue/story.ts';
import {addressIn, askedIn, ownQuestions} from './asked-names.ts';
import {asked} from './dns-lines.ts';
import type {Told} from './selection.ts';

const mostNamed = 3;

/** Tells whether all DNS queries have the ID 0, as DNS over HTTPS wants so that HTTP caches find equal queries (RFC 8484 §4.1). */
const hasZeroIds = (own: readonly DnsTransaction[]): boolean =>
  own.every(({transport, query}) => transport === 'https' && query.id === 0);

/**
 * Returns the HTTP methods of DNS over HTTPS, such as `GET + POST` (RFC 8484 §4.1); undefined unless all requests of the capture are DNS
 * queries.
 */
const methodsOf = ({http}: Told, own: readonly DnsTransaction[]): string | undefined => {
  const isDns = own.every(({transport}) => transport === 'https') && http.length === own.length;
  return isDns ? [...new Set(http.map(({request}) => request.split(' ')[0] ?? ''))].join(' + ') : undefined;
};

/**
 * Returns the DNS record types that were asked for, if there are several. `together` is true if the last query was sent before the first
 * response arrived.
 */
const typesOf = (own: readonly DnsTransaction[]) => {
  const typeNames = [...new Set(own.flatMap(({question}) => (question ? [typeName(question.type)] : [])))];
  const last = Math.max(...own.map(({queryUs}) => queryUs));
  const together = own.every(({responseUs}) => responseUs === undefined || responseUs > last);
  return {types: typeNames.length > 1 ? typeNames.length : 0, typeNames, together};
};

const without = (
  dns: readonly DnsTransaction[],
  own: readonly DnsTransaction[],
): readonly DnsTransaction[] => {
  const left = new Set(dns);
  for (const each of own) left.delete(each);
  return [...left];
};

/**
 * Returns the DNSKEY records in a response. Only responses to questions for keys are searched, because there may be many thousands of
 * others.
 */
const keysIn = (transaction: DnsTransaction) =>
  transaction.question?.type === RecordType.DNSKEY || transaction.question?.type === RecordType.ANY
    ? (transaction.response?.answers ?? []).flatMap(({name, data}) =>
        data.kind === 'DNSKEY' ? [{name, data}] : [],
      )
    : [];

/**
 * Describes the questions that a resolver asked for others: how many were repeated to the same server, and of which zones the keys were
 * fetched (RFC 4035 §5).
 */
const walkedOf = (walked: readonly DnsTransaction[]) => {
  const keys = walked.flatMap(keysIn);
  const zoneNames = [...new Set(keys.map(({name}) => displayName(name)))];
  return {
    walked: walked.length,
    again: walked.length - new Set(walked.map((each) => `${each.server} ${asked(each)}`)).size,
    ...{zones: zoneNames.length, zoneNames},
    algorithms: [...new Set(keys.map(({data}) => algorithmName(data.algorithm)))],
  };
};

/** Tells whether findings on the page say of each of these names that it does not exist. */
const isToldMissing = ({findings}: Told, names: readonly string[]): boolean => {
  const told = new Set(
    findings.filter(isWrong).flatMap((each) => {
      if (each.id === 'dns-nxdomain') return [each.facts.name.toLowerCase()];
      return each.id === 'dns-search-list' ? each.facts.names.map((name) => name.toLowerCase()) : [];
    }),
  );
  return names.every((name) => told.has(name.toLowerCase()));
};

const countText = (told: Told, own: readonly DnsTransaction[]): Text => {
  const {dns} = told;
  const byName = askedIn(dns);
  const all = [...byName.values()];
  const silent = all.filter(({answer}) => answer === undefined).length;
  const bare = all.flatMap(({answer, failed}) =>
    !failed && answer && addressIn(answer) === undefined && (answer.response?.answers.length ?? 0) === 0
      ? [answer]
      : [],
  );
  const isMissing = ({outcome}: DnsTransaction): boolean => outcome?.rcode === Rcode.NXDOMAIN;
  const missing = bare.filter(isMissing);
  const missingNames = [...byName].flatMap(([name, {answer}]) => (answer && isMissing(answer) ? [name] : []));
  // The questions that a resolver asked for others (RFC 1034 §5.3.3).
  const walked = walkedOf(without(dns, own));
  const checked = all.some(({answer}) => answer?.response?.flags.ad);
  const [first] = own;
  const isAlike = own.every(({transport}) => transport === first?.transport);
  // UDP is the usual transport of DNS and not mentioned.
  const over =
    first && isAlike && first.transport !== 'udp' ? reportTexts.transports[first.transport] : undefined;
  return worded(say.names, {
    count: all.length,
    methods: methodsOf(told, own),
    zeroId: over !== undefined && hasZeroIds(own),
    silent,
    missing: isToldMissing(told, missingNames) ? 0 : missing.length,
    empty: bare.length - missing.length,
    ...typesOf(own),
    ...walked,
    checked,
    over,
  });
};

/** Describes the DNAME records that redirected clients from one subtree of names to another. */
const redirectedTexts = (own: readonly DnsTransaction[]): readonly Text[] => {
  const all = own.flatMap(({response}) =>
    (response?.answers ?? []).flatMap(({name, data}) =>
      data.kind === 'DNAME' ? [[displayName(name), displayName(data.name)] as const] : [],
    ),
  );
  return [...new Map(all)]
    .slice(0, mostNamed)
    .map(([owner, target]) => worded(say.redirected, {owner, target}));
};

export const namesTexts = (told: Told): readonly Text[] => {
  const {dns} = told;
  const own = ownQuestions(dns);
  if (own.length === 0) return [];
  return [countText(told, own), ...redirectedTexts(own)];
};
