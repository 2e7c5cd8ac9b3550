// Stores the RRsets of a response in the resolver's cache, trusted by their section, and those of a referral also as the parent's data (RFC
// 2181 §5.4.1, RFC 2308 §5).
import type {DnsMessage, DnsQuestion} from '../../wire/dns/message.ts';
import {RecordType} from '../../wire/dns/registry.ts';
import {type Stored, storeNegative, storeParent, storeRrset} from './cache.ts';
import {entryNote} from './cache-rows.ts';
import {note} from './call.ts';
import type {NegativeAnswer, Trust} from './note.ts';
import type {Cut} from './resolver-state.ts';
import {type ResolverTurn, update} from './resolver-turn.ts';
import {questionKey, type Rrset} from './rrset.ts';
import type {Scrubbed} from './scrub.ts';

type Section = 'answer' | 'authority' | 'additional';

const trusts: Readonly<Record<Section, readonly [plain: Trust, aa: Trust]>> = {
  answer: ['answer', 'answerAA'],
  authority: ['authority', 'authorityAA'],
  additional: ['additional', 'additionalAA'],
};

const trustOf = (section: Section, aa: boolean): Trust => trusts[section][aa ? 1 : 0];

const keep = (turn: ResolverTurn, {cache, stored}: Stored): void => {
  update(turn, {cache});
  if (!stored) return;
  note(
    turn,
    entryNote('store', stored, turn.env.nowUs),
    stored.negative ? '2308:5/store' : '2181:5.4.1/store',
  );
};

type Heard = {readonly message: DnsMessage; readonly scrubbed: Scrubbed; readonly cut: Cut};

/**
 * Stores the usable RRsets of a response in the resolver's cache. Those of ANSWER are stored with the keys of the other sections' RRsets,
 * which arrived with them.
 */
export function learn(turn: ResolverTurn, {message, scrubbed, cut}: Heard): void {
  const {nowUs} = turn.env;
  const {aa} = message.flags;
  const along = {
    authorities: scrubbed.authorities.map(questionKey),
    additionals: scrubbed.additionals.map(questionKey),
  };
  const keepAll = (sets: readonly Rrset[], section: Section): void => {
    for (const set of sets) {
      const ns = set.type === RecordType.NS ? {boundUs: cut.untilUs} : {};
      const more = section === 'answer' ? {along} : {};
      keep(turn, storeRrset(turn.state.cache, set, {trust: trustOf(section, aa), nowUs, ...ns, ...more}));
    }
  };
  keepAll(scrubbed.answers, 'answer');
  keepAll(
    scrubbed.authorities.filter(({type}) => type === RecordType.NS),
    'authority',
  );
  keepAll(scrubbed.additionals, 'additional');
}

/** Stores the NS set and the glue of a referral as the parent's data, whatever the child's servers may say of themselves later. */
export function learnReferral(
  turn: ResolverTurn,
  {ns, scrubbed, cut}: {ns: Rrset; scrubbed: Scrubbed; cut: Cut},
): void {
  const {nowUs} = turn.env;
  for (const set of [ns, ...scrubbed.additionals]) {
    const circumstances = {trust: 'authority', nowUs, boundUs: cut.untilUs} as const;
    update(turn, {cache: storeParent(turn.state.cache, set, circumstances)});
  }
}

export function learnDenial(
  turn: ResolverTurn,
  question: DnsQuestion,
  {negative, heard}: {negative: NegativeAnswer; heard: Heard},
): void {
  const soa = heard.scrubbed.authorities.find(({type}) => type === RecordType.SOA)?.records[0];
  // A denial without an SOA record is not cached, because nothing says for how long it is valid (RFC 2308 §5).
  if (!soa) return;
  const trust = trustOf('authority', heard.message.flags.aa);
  const {negativeTtlMost: ttlMost} = turn.state.settings;
  const denial = {negative, soa, trust, nowUs: turn.env.nowUs, ttlMost};
  keep(turn, storeNegative(turn.state.cache, question, denial));
}
