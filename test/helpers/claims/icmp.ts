// What is said of ICMP messages, and of what they tell of, judged by raw events.
import {type Row, row} from './said.ts';

export const icmpRows: readonly Row[] = [
  row(
    'thrown away: the (?:TTL in its IP header, a count of hops,|hop limit in its IP header) ran out',
    '被丢弃：IP 首部的(?:TTL（跳数）|跳数限制)耗尽',
    (said) => ({'it dies of that': said.deaths().some(({reason}) => reason === 'ttl')}),
  ),
];
