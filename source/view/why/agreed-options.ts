// Why an end of a capture uses an option, or does not: what the two SYNs have said (RFC 2018 §2, RFC 7323 §2.2, §3.2).
import type {TcpOption} from '../../wire/tcp-options.ts';
import {variableBegins} from '../../words/catalogue/why.ts';
import {variablesAt} from '../endpoints/end-variables.ts';
import type {Place} from '../endpoints/last-change.ts';
import {observedAtHand} from '../endpoints/observed.ts';
import type {View} from '../view.ts';
import {synOf} from './mss-law.ts';

const options: {readonly [variable: string]: TcpOption['kind']} = {
  scale: 'windowScale',
  SACK: 'sackPermitted',
  timestamps: 'timestamps',
};

/** undefined: it is another variable, or a SYN is missing here. */
export const agreedOption = (view: View, {host, name}: Place): string | undefined => {
  const kind = options[name];
  if (kind === undefined || !observedAtHand(view) || view.hidden.length > 0) return undefined;
  const about = {host, end: variablesAt(view)(view.cursor, host), tcb: undefined};
  const [own, other] = (['own', 'other'] as const).map((by) => synOf(view, about, by));
  if (!own || !other) return undefined;
  const has = ({segment}: typeof own): boolean => segment.options.some((option) => option.kind === kind);
  const who = has(own) ? (has(other) ? 'both' : 'own') : has(other) ? 'theirs' : 'none';
  return variableBegins.option[view.language]({own: own.packet, other: other.packet, who});
};
