// Findings about DNS names: how their lookups ended, how long they took, and whether the answers can be trusted.
import type {DnsTransaction} from '../observe/dns-transactions.ts';
import {displayName} from '../wire/dns/display.ts';
import {ednsOf, extendedErrors} from '../wire/dns/edns.ts';
import {extendedErrorName, Opcode, opcodeName, Rcode, rcodeName} from '../wire/dns/registry.ts';
import {grouped} from '../wire/grouped.ts';
import {blockedFindings} from './blocked-tcp.ts';
import type {Evidence} from './evidence.ts';
import {type Finding, finding} from './finding.ts';
import type {NamesId} from './ids.ts';
import {type Lookup, lookupsIn} from './lookups.ts';
import {namesNotes} from './names-notes.ts';
import {type SearchList, searchListsIn} from './search-list.ts';
import {silentFindings} from './silent-servers.ts';

/** The time in µs from which a DNS lookup counts as slow, because a waiting person notices it. */
const slowUs = 800_000;

/** Tells whether the answers to a DNS question contradict each other or are malformed, so that they are not trusted. */
const isDoubtful = ({odd, malformed}: DnsTransaction): boolean =>
  malformed || odd.some(({kind}) => kind === 'second' || kind === 'unreadable');

const costOf = ({fromUs, untilUs}: Lookup): number => untilUs - fromUs;

/** Returns the slowest lookup of each DNS name. */
const costliest = (lookups: readonly Lookup[]): readonly Lookup[] =>
  grouped(lookups, ({name}) => name.toLowerCase()).map((alike) =>
    alike.reduce((most, each) => (costOf(each) > costOf(most) ? each : most)),
  );

type Delay = 'server' | 'lost' | 'silent';

/**
 * Returns why a DNS answer was late. `server`: the server took long. `lost`: a question or an answer was lost, and the next one was
 * answered at once. `silent`: the server asked first never answered.
 */
const delayOf = ({all, fromUs}: Lookup, {server, queryUs, responseUs = 0}: DnsTransaction): Delay => {
  const own = all.filter((each) => each.server === server);
  const before = own[0]?.queryUs ?? fromUs;
  if (before - fromUs > (responseUs - fromUs) / 2) return 'silent';
  const asked = own.filter((each) => each.queryUs <= responseUs);
  const isPrompt = responseUs - queryUs < (responseUs - before) / 2;
  const isLost = asked.some(({outcome, queryFrame}) => !outcome && queryFrame !== all.at(-1)?.queryFrame);
  return asked.length > 1 && isPrompt && isLost ? 'lost' : 'server';
};

const slowFindings = (lookups: readonly Lookup[]): readonly Finding<NamesId>[] =>
  costliest(lookups.filter((each) => each.settled && costOf(each) >= slowUs)).flatMap((lookup) => {
    const {settled, name, type, all} = lookup;
    if (!settled) return [];
    const why = delayOf(lookup, settled);
    return [
      finding('dns-slow', {
        about: {name},
        where: why === 'lost' ? 'path' : why === 'server' ? 'name-server' : 'unknown',
        costUs: costOf(lookup),
        frames: [...all.map(({queryFrame}) => queryFrame), settled.responseFrame ?? 0],
        rivals:
          why === 'server' ? [{id: 'dns-server-silent', open: false, by: [settled.responseFrame ?? 0]}] : [],
        facts: {
          ...{name, type, why, us: costOf(lookup), count: all.length},
          ...{server: settled.server, first: all[0]?.server ?? ''},
        },
      }),
    ];
  });

/** Returns the server's explanation of a failed DNS lookup from its extended errors (RFC 8914); undefined if there is none. */
const whyOf = ({response}: DnsTransaction): string | undefined => {
  const told = extendedErrors(response && ednsOf(response)).map(
    ({code, text}) => `${extendedErrorName(code)}${text === '' ? '' : ` “${text}”`}`,
  );
  return told.length > 0 ? told.join(', ') : undefined;
};

type FailedId = 'dns-nxdomain' | 'dns-servfail' | 'dns-refused' | 'dns-failed';

const failures = new Map<number, FailedId | undefined>([
  [Rcode.NOERROR, undefined],
  // BADCOOKIE is no failure, because the client repeats the question with the server's cookie.
  [Rcode.BADCOOKIE, undefined],
  [Rcode.NXDOMAIN, 'dns-nxdomain'],
  [Rcode.SERVFAIL, 'dns-servfail'],
  [Rcode.REFUSED, 'dns-refused'],
]);

/** Tells whether a DNS name is made from an address (reverse lookups, block lists); it is ordinary that such a name does not exist. */
const isOfAddress = ({name}: Lookup): boolean => /\.arpa$/i.test(name) || /^(\d{1,3}\.){4}/.test(name);

const kindOf = ({opcode}: DnsTransaction): string | undefined =>
  opcode === Opcode.QUERY ? undefined : opcodeName(opcode);

type Failed = {readonly lookup: Lookup; readonly answer: DnsTransaction};

const failedFinding = (id: FailedId, all: readonly [Failed, ...Failed[]]) => {
  const [{lookup, answer}] = all;
  // The failed lookup got an answer in the end, from another server or by a later question.
  const isMended = id !== 'dns-nxdomain' && all.every((each) => each.lookup.settled);
  const helper = isMended ? lookup.settled?.server : undefined;
  const isNote = isMended || (id === 'dns-nxdomain' && all.every((each) => isOfAddress(each.lookup)));
  const costUs = Math.max(...all.map((each) => costOf(each.lookup)));
  return finding(id, {
    about: {name: lookup.name},
    ...(isNote && {level: isMended && costUs >= slowUs ? ('slow' as const) : ('note' as const)}),
    certainty: 'proved',
    where: id === 'dns-nxdomain' ? 'unknown' : 'name-server',
    costUs,
    frames: all.flatMap((each) => [each.answer.queryFrame, each.answer.responseFrame ?? 0]),
    facts: {
      ...{name: lookup.name, rcode: rcodeName(answer.outcome?.rcode ?? Rcode.NOERROR)},
      ...{kind: kindOf(answer), server: answer.server, count: all.length, why: whyOf(answer), helper},
    },
  });
};

const failedFindings = (lookups: readonly Lookup[]): readonly Finding<NamesId>[] => {
  const failed: (Failed & {readonly id: FailedId})[] = [];
  for (const lookup of lookups)
    for (const answer of lookup.all) {
      const rcode = answer.outcome?.rcode ?? Rcode.NOERROR;
      const isOwn = failures.has(rcode) && (rcode === Rcode.NOERROR || kindOf(answer) === undefined);
      const id = isOwn ? failures.get(rcode) : 'dns-failed';
      const isOther = id === 'dns-nxdomain' && answer !== lookup.settled;
      if (id && !isOther && !isDoubtful(answer)) failed.push({id, lookup, answer});
    }
  return grouped(failed, ({id, lookup}) => `${id} ${lookup.name.toLowerCase()}`).map((all) =>
    failedFinding(all[0].id, all),
  );
};

const listFinding = (lists: readonly [SearchList, ...SearchList[]]) => {
  const [first] = lists;
  const found = lists.find((list) => list.found)?.found;
  const tried = [...new Set(lists.flatMap((list) => list.tried.map(({name}) => name)))];
  return finding('dns-search-list', {
    about: {name: first.name},
    level: found ? 'note' : 'fault',
    where: 'client',
    costUs: Math.max(...lists.map(({fromUs, untilUs}) => untilUs - fromUs)),
    frames: lists.flatMap((list) => list.tried.map(({settled}) => settled?.responseFrame ?? 0)),
    facts: {
      ...{name: first.name, count: tried.length, names: tried.slice(0, mostNames)},
      ...{more: tried.length > mostNames, found: found?.name},
    },
  });
};

/** The most names that the sentence about a search list names. */
const mostNames = 3;

const answerText = ({answers}: NonNullable<DnsTransaction['response']>): string | undefined => {
  const [data] = answers.flatMap((each) =>
    each.data.kind === 'A' || each.data.kind === 'AAAA' ? [each.data.address] : [],
  );
  return data;
};

/** Finds forged DNS answers: two contradicting answers to a question, or many replies that guess its ID or name. */
const forgedFindings = (dns: readonly DnsTransaction[]): readonly Finding<NamesId>[] =>
  // Questions without odd replies are removed first, because a reply is decoded each time it is read.
  dns
    .filter(({odd}) => odd.length > 0)
    .flatMap((each) => {
      const {question, odd, response, responseHops, responseFrame = 0, queryFrame, server} = each;
      const name = displayName(question?.name ?? '');
      return odd.flatMap(({kind, hops, reply, frame, count}) => {
        const isGuess = (kind === 'id' || kind === 'question') && count >= leastGuesses;
        if (kind !== 'second' && !isGuess) return [];
        const differs = hops !== responseHops || reply?.rcode !== response?.rcode;
        const isOpen = kind === 'second' && !differs;
        return [
          finding('dns-forged', {
            about: {name},
            certainty: isOpen ? 'one-of' : 'deduced',
            where: isOpen ? 'unknown' : 'path',
            frames: [queryFrame, responseFrame, frame],
            rivals:
              kind === 'second' ? [{id: 'copied-on-the-way', open: isOpen, by: isOpen ? [] : [frame]}] : [],
            facts: {
              ...({
                name,
                server,
                kind: kind === 'second' ? 'second' : 'guesses',
                open: isOpen,
                count,
              } as const),
              first: response && answerText(response),
              second: reply && answerText(reply),
              ...{firstHops: responseHops ?? 0, secondHops: hops ?? 0, hops: hops !== responseHops},
            },
          }),
        ];
      });
    });

/** The number of replies that fit no DNS question from which they count as guesses of an attacker. */
const leastGuesses = 3;

const malformedFindings = (dns: readonly DnsTransaction[]): readonly Finding<NamesId>[] => {
  const doubtful = dns.filter(({odd, malformed}) => malformed || odd.length > 0);
  const broken = doubtful.flatMap((each) => {
    const unreadable = each.odd.find(({kind}) => kind === 'unreadable');
    const isCutByServer = each.outcome?.tc === true;
    const frame = unreadable?.frame ?? (each.malformed && !isCutByServer ? each.responseFrame : undefined);
    return frame === undefined ? [] : [{each, frame, name: displayName(each.question?.name ?? '')}];
  });
  return grouped(broken, ({name}) => name.toLowerCase()).map((all) => {
    const [{each, name}] = all;
    return finding('dns-malformed', {
      about: {name},
      certainty: 'proved',
      where: 'name-server',
      frames: all.map(({frame}) => frame),
      facts: {name, server: each.server, count: all.length},
    });
  });
};

export const namesFindings = (evidence: Evidence): readonly Finding<NamesId>[] => {
  const {dns} = evidence;
  if (dns.length === 0) return [];
  const lookups = lookupsIn(dns);
  const lists = searchListsIn(lookups);
  const listed = new Set(
    lists.flatMap(({name, tried}) =>
      [name, ...tried.map((each) => each.name)].map((each) => each.toLowerCase()),
    ),
  );
  const isListed = (each: Finding<NamesId>): boolean =>
    each.id === 'dns-nxdomain' && 'name' in each.about && listed.has(each.about.name.toLowerCase());
  const told = [...silentFindings(evidence, lookups), ...blockedFindings(evidence, lookups)];
  return [
    ...slowFindings(lookups),
    ...told,
    ...namesNotes(evidence, lookups, told),
    ...grouped(lists, ({name}) => name.toLowerCase()).map(listFinding),
    ...failedFindings(lookups).filter((each) => !isListed(each)),
    ...forgedFindings(dns),
    ...malformedFindings(dns),
  ];
};
