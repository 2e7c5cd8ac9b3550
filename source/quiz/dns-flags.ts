// Questions about the flags of a response of DNS (RFC 1035 §4.1.1).
import {worldAt} from '../account/entries.ts';
import {worded, wordedWithNames} from '../lesson/text.ts';
import {dnsRoleOn} from '../sim/dns-apps.ts';
import type {Trace} from '../sim/trace.ts';
import {dnsFlags} from '../words/catalogue/ask-dns.ts';
import {isOfWhatIf, messages, type Said} from './dns.ts';
import {fieldEvidence} from './field-evidence.ts';
import {beliefsIn, type Found, type Rejection} from './kind.ts';
import {listedKind} from './listed.ts';

type FlagGivens = {
  readonly from: string;
  readonly to: string;
  /** True if the host that answers is a resolver. */
  readonly isResolver: boolean;
  /** The RD flag of the query. */
  readonly rd: boolean;
  readonly kind: 'answer' | 'referral';
};

const flagsOf = ({isResolver, rd, kind: what}: FlagGivens): readonly string[] => [
  'QR',
  ...(what === 'answer' && !isResolver ? ['AA'] : []),
  ...(rd ? ['RD'] : []),
  ...(isResolver ? ['RA'] : []),
];

/** Returns the role of the host that answers. A capture shows only packets; there RA=1 says that the host looks names up for others. */
const roleOf = (trace: Trace, {message: {flags}, event}: Said) => {
  if (trace.header.profile === 'capture') return flags.ra ? 'resolver' : 'server';
  const host = worldAt(trace, event.n)?.hosts[event.host];
  return host && dnsRoleOn(host);
};

const flagged = (trace: Trace, asked: Said): Found<FlagGivens> | Rejection => {
  const {message, event, to} = asked;
  const {flags} = message;
  // Only RD could be asked for in a query, and whether recursion is desired would have to be printed.
  if (!flags.qr) return 'trivial';
  const role = roleOf(trace, asked);
  const isReferral = message.answers.length === 0 && message.authorities.some(({data}) => data.kind === 'NS');
  if (isOfWhatIf(trace, asked) || flags.tc || message.rcode !== 0 || role === undefined || role === 'stub')
    return 'hidden';
  const set = ['QR', ...(flags.aa ? ['AA'] : []), ...(flags.rd ? ['RD'] : []), ...(flags.ra ? ['RA'] : [])];
  return {
    givens: {
      ...{from: event.host, to, rd: flags.rd},
      isResolver: role === 'resolver',
      kind: isReferral ? 'referral' : 'answer',
    },
    ...{did: set, n: event.n, evidence: fieldEvidence(trace, event.packet, 'dns.flags')},
  };
};

const plus = (flags: readonly string[], flag: string): readonly string[] => [...new Set([...flags, flag])];

export const dnsFlagsKind = listedKind<FlagGivens>({
  kind: 'dns-flags',
  form: 'several',
  all: (trace) => messages(trace).map((each) => flagged(trace, each)),
  ask: ({from, to, isResolver, rd, kind: what}, called) => [
    wordedWithNames(dnsFlags.given[what], {
      ...{from: called(from).first, to: called(to).within, resolver: isResolver, rd},
    }),
    dnsFlags.asks,
  ],
  solve: (givens) => ({
    answer: flagsOf(givens),
    explain: worded(dnsFlags.explain, {says: givens.kind, rd: givens.rd, resolver: givens.isResolver}),
    hints: [dnsFlags.hints.who, dnsFlags.hints.copied],
  }),
  beliefs: beliefsIn(dnsFlags.beliefs, {
    aa: (givens) => plus(flagsOf(givens), 'AA'),
    ra: (givens) => plus(flagsOf(givens), 'RA'),
    rd: (givens) => plus(flagsOf(givens), 'RD'),
    noRd: (givens) => flagsOf(givens).filter((each) => each !== 'RD'),
    qr: (givens) => flagsOf(givens).filter((each) => each !== 'QR'),
  }),
  words: (value) => worded(dnsFlags.choice, {flag: value}),
});
