// Notes about names: questions without an answer, cookies, answers that a datagram cannot hold, replies that do not fit, and signatures
// outside their time.
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

/** Finds servers that want to see their cookie first (RFC 7873 §5.2.3). */
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

/** Finds truncated answers, after which the question was repeated over TCP or given up. */
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

/** Tells whether a time is later; times are in seconds that wrap, as serial numbers do (RFC 4034 §3.1.5, RFC 1982). */
const isAfter = (a: number, b: number): boolean => ((a - b) | 0) > 0;

/** Finds signatures that had expired, or were not valid yet, when the capture was taken (RFC 4035 §5.3.1). */
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

/** Finds replies that nobody may accept as an answer (RFC 5452 §9.1); if there are many, they are told as forged. */
const oddReplies = (dns: readonly DnsTransaction[]): Found =>
  dns.flatMap((each) =>
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

/** Finds questions that were never answered and that no finding about silent servers covers. */
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

/** Returns the notes; `told` are findings about the same names. */
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
