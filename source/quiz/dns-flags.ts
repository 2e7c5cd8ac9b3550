// Questions about the flags of a message of DNS (RFC 1035 §4.1.1).
import {worldAt} from '../account/entries.ts';
import {worded, wordedWithNames} from '../lesson/text.ts';
import {dnsRoleOn} from '../sim/dns-apps.ts';
import type {Trace} from '../sim/trace.ts';
import {dnsFlags} from '../words/catalogue/ask-dns.ts';
import {isOfWhatIf, messages, rdOf, type Said, stubAsks} from './dns.ts';
import {fieldEvidence} from './field-evidence.ts';
import {beliefsIn, type Found, type Rejection} from './kind.ts';
import {listedKind} from './listed.ts';

type FlagGivens = {
  readonly from: string;
  readonly to: string;
  /** True if the host that sends the DNS response is a resolver; absent for a query. */
  readonly isResolver?: boolean;
  /** The RD flag of the DNS message; a response copies that of its query. */
  readonly rd: boolean;
  readonly kind: 'query' | 'answer' | 'referral';
};

const flagsOf = ({isResolver, rd, kind: what}: FlagGivens): readonly string[] => [
  ...(what === 'query' ? [] : ['QR']),
  ...(what === 'answer' && !isResolver ? ['AA'] : []),
  ...(rd ? ['RD'] : []),
  ...(isResolver ? ['RA'] : []),
];

const flagged = (trace: Trace, asked: Said): Found<FlagGivens> | Rejection => {
  const {message, event, to} = asked;
  const {flags} = message;
  const host = worldAt(trace, event.n)?.hosts[event.host];
  const role = host && dnsRoleOn(host);
  const isReferral = message.answers.length === 0 && message.authorities.some(({data}) => data.kind === 'NS');
  if (
    isOfWhatIf(trace, asked) ||
    flags.tc ||
    message.rcode !== 0 ||
    (flags.qr && (role === undefined || role === 'stub'))
  )
    return 'hidden';
  const set = [
    ...(flags.qr ? ['QR'] : []),
    ...(flags.aa ? ['AA'] : []),
    ...(flags.rd ? ['RD'] : []),
    ...(flags.ra ? ['RA'] : []),
  ];
  return {
    givens: {
      ...{from: event.host, to, rd: flags.rd},
      ...(flags.qr ? {isResolver: role === 'resolver'} : {}),
      kind: flags.qr ? (isReferral ? 'referral' : 'answer') : 'query',
    },
    ...{did: set, n: event.n, evidence: fieldEvidence(trace, event.packet, 'dns.flags')},
  };
};

const plus = (flags: readonly string[], flag: string): readonly string[] => [...new Set([...flags, flag])];

export const dnsFlagsKind = listedKind<FlagGivens>({
  kind: 'dns-flags',
  form: 'several',
  // The RD flag is a secret in this form as well, because the line of a packet prints it so.
  secrets: ({kind: what, rd}) => (what === 'query' ? [rdOf(rd), `? RD=${rd ? 1 : 0}`] : []),
  tells: ({kind: what, rd}) => (what === 'query' ? (rd ? [stubAsks] : []) : [rdOf(rd)]),
  all: (trace) => messages(trace).map((each) => flagged(trace, each)),
  ask: ({from, to, isResolver, rd, kind: what}, called) => [
    wordedWithNames(dnsFlags.given[what], {
      ...{from: called(from).first, to: called(to).within, resolver: isResolver === true, rd},
    }),
    dnsFlags.asks,
  ],
  solve: (givens) => ({
    answer: flagsOf(givens),
    explain:
      givens.kind === 'query'
        ? worded(dnsFlags.explain.query, {rd: givens.rd})
        : worded(dnsFlags.explain.response, {
            ...{says: givens.kind, rd: givens.rd, resolver: givens.isResolver === true},
          }),
    hints: [dnsFlags.hints.who, dnsFlags.hints.copied],
  }),
  beliefs: beliefsIn(dnsFlags.beliefs, {
    aa: (givens) => plus(flagsOf(givens), 'AA'),
    ra: (givens) => plus(flagsOf(givens), 'RA'),
    rd: (givens) => plus(flagsOf(givens), 'RD'),
    noRd: (givens) => flagsOf(givens).filter((each) => each !== 'RD'),
    qr: (givens) => plus(flagsOf(givens), 'QR'),
  }),
  words: (value) => worded(dnsFlags.choice, {flag: value}),
  none: dnsFlags.none,
});
