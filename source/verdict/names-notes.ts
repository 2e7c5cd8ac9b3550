// Notes about DNS: questions without an answer, cookies, truncated answers, replies that fit no question, and signatures outside their
// time.
import type {DnsTransaction, OddReply} from '../observe/dns-transactions.ts';
import {displayName} from '../wire/dns/display.ts';
import {Rcode, typeName} from '../wire/dns/registry.ts';
import {grouped} from '../wire/grouped.ts';
import {dateText} from '../wire/http/calendar.ts';
import type {Evidence} from './evidence.ts';
import {type Finding, finding} from './finding.ts';
import type {NamesId} from './ids.ts';
import type {Lookup} from './lookups.ts';
import {hasWaited, isUnanswered} from './silent-servers.ts';

type Found = readonly Finding<NamesId>[];

const framesOf = ({queryFrame, responseFrame = 0}: DnsTransaction): readonly number[] =>
  [queryFrame, responseFrame].filter((frame) => frame > 0);

const askedFor = ({question}: DnsTransaction) => ({
  name: displayName(question?.name ?? ''),
  type: typeName(question?.type ?? 0),
});

/** Finds DNS servers that answered BADCOOKIE, because they want the client to send their cookie (RFC 7873 §5.2.3). */
const cookies = (dns: readonly DnsTransaction[]): Found =>
  grouped(
    dns.filter(({outcome}) => outcome?.rcode === Rcode.BADCOOKIE),
    (each) => `${askedFor(each).name} ${each.server}`,
  ).map((all) => {
    const [first] = all;
    const {name} = askedFor(first);
    return finding('dns-cookie', {
      ...{about: {name}, certainty: 'proved', where: 'name-server', frames: all.flatMap(framesOf)},
      facts: {name, server: first.server, count: all.length},
    });
  });

/**
 * Finds truncated DNS answers, after which the question was repeated over TCP or given up. `blocked` are names that have a finding about it
 * already.
 */
const truncated = (lookups: readonly Lookup[], blocked: ReadonlySet<string>): Found =>
  grouped(
    lookups.filter(({all, name}) => !blocked.has(name) && all.some(({outcome}) => outcome?.tc)),
    ({name}) => name.toLowerCase(),
  ).flatMap(([{all, name, type}]) => {
    const short = all.find(({outcome}) => outcome?.tc);
    if (!short) return [];
    const again = all.find((each) => each.transport !== 'udp' && each.queryUs >= short.queryUs);
    return [
      finding('dns-truncated', {
        ...{
          about: {name},
          certainty: 'proved',
          frames: [...framesOf(short), ...(again ? framesOf(again) : [])],
        },
        facts: {name, type, server: short.server, again: again !== undefined},
      }),
    ];
  });

/**
 * Tells whether DNSSEC time `a` is later than `b`; both are 32-bit seconds that wrap, compared as serial numbers (RFC 4034 §3.1.5, RFC
 * 1982).
 */
const isAfter = (a: number, b: number): boolean => ((a - b) | 0) > 0;

/** Finds DNSSEC signatures that had expired, or were not yet valid, when the capture was taken (RFC 4035 §5.3.1). */
const signatures = (dns: readonly DnsTransaction[], takenUs: number): Found =>
  dns
    .filter(({outcome}) => outcome?.signed)
    .flatMap((each) => {
      const now = Math.floor((takenUs + (each.responseUs ?? 0)) / 1_000_000);
      const wrong = (each.response?.answers ?? []).flatMap(({data}) =>
        data.kind === 'RRSIG' && (isAfter(now, data.expiration) || isAfter(data.inception, now))
          ? [data]
          : [],
      );
      const [first] = wrong;
      if (!first) return [];
      const over = isAfter(now, first.expiration);
      const {name} = askedFor(each);
      const date = dateText((over ? first.expiration : first.inception) * 1_000_000);
      return [
        finding('dns-signature', {
          ...{about: {name}, certainty: 'proved', where: 'name-server', frames: framesOf(each)},
          facts: {
            ...{name, over, date, covered: typeName(first.typeCovered)},
            ...{tag: first.keyTag, zone: displayName(first.signer)},
          },
        }),
      ];
    });

type Odd = Extract<OddReply['kind'], 'id' | 'question' | 'case' | 'ends'>;
const oddKinds: ReadonlySet<string> = new Set(['id', 'question', 'case', 'ends']);
const isOdd = (kind: OddReply['kind']): kind is Odd => oddKinds.has(kind);

/**
 * Finds DNS replies that no resolver may accept, because they do not fit the question (RFC 5452 §9.1). Many of them are also reported as
 * forged.
 */
const oddReplies = (dns: readonly DnsTransaction[]): Found =>
  dns
    .filter(({odd}) => odd.length > 0)
    .flatMap((each) =>
      each.odd.flatMap(({kind, count, from, frame}) => {
        if (!isOdd(kind)) return [];
        const {name} = askedFor(each);
        return [
          finding('dns-odd-reply', {
            ...{about: {name}, certainty: 'proved', frames: [each.queryFrame, frame]},
            facts: {name, kind, count, from, server: each.server},
          }),
        ];
      }),
    );

/** Finds DNS questions that were never answered and that no finding about a silent server (`told`) covers. */
const unanswered = (lookups: readonly Lookup[], evidence: Evidence, told: ReadonlySet<number>): Found =>
  grouped(
    lookups.filter(
      (lookup) =>
        lookup.all.every(
          (transaction) => isUnanswered(transaction, evidence) && !told.has(transaction.queryFrame),
        ) && lookup.all.some((transaction) => hasWaited({transaction, lookup}, evidence)),
    ),
    ({name}) => name.toLowerCase(),
  ).map((alike) => {
    const all = alike.flatMap((lookup) => lookup.all);
    const [{name, type}] = alike;
    return finding('dns-unanswered', {
      ...{about: {name}, frames: all.map(({queryFrame}) => queryFrame)},
      facts: {name, type, server: all[0]?.server ?? '', count: all.length},
    });
  });

/** Returns the notes about DNS names; `told` are findings about the same names, which some notes would repeat. */
export const namesNotes = (evidence: Evidence, lookups: readonly Lookup[], told: Found): Found => {
  const {dns, inspector} = evidence;
  const blocked = new Set(
    told.flatMap((each) => (each.id === 'dns-truncated-tcp-blocked' ? [each.facts.name] : [])),
  );
  const silent = new Set(told.flatMap((each) => (each.id === 'dns-server-silent' ? each.frames : [])));
  const servers = new Set(
    told.flatMap((each) => (each.id === 'dns-server-silent' ? [each.facts.server] : [])),
  );
  return [
    ...cookies(dns),
    ...truncated(lookups, blocked),
    ...(inspector.takenUs === undefined ? [] : signatures(dns, inspector.takenUs)),
    ...oddReplies(dns),
    ...unanswered(
      lookups.filter(({all}) => all.some(({server}) => !servers.has(server))),
      evidence,
      silent,
    ),
  ];
};
