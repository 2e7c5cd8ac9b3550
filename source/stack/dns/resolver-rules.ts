// The id of every rule by which a stub or a recursive resolver acts. Texts: lessons/data/rules.yaml.

export const resolverRules = [
  '1034:4.3.1/no-recursion',
  '1034:5.3.1/answer',
  '1034:5.3.1/ask',
  '1034:5.3.1/cache',
  '1034:5.3.3/answer',
  '1034:5.3.3/ask',
  '1034:5.3.3/cache',
  '1034:5.3.3/cname',
  '1034:5.3.3/failure',
  '1034:5.3.3/miss',
  '1034:5.3.3/next-server',
  '1034:5.3.3/referral',
  '1034:5.3.3/server-address',
  '1035:7.2/again',
  '1035:7.2/forward',
  '1035:7.2/silent',
  '1035:7.2/timer',
  '1123:6.1.3.8/hosts',
  '2181:5.4.1/store',
  '2308:5/store',
  '5452:5/same-question',
  '5452:6/scrub',
  '5452:9.1/mismatch',
  '6891:6.2.2/no-edns',
  '7766:5/tcp',
  '9156:2.3/minimise',
  '9520:3.2/store',
  '9609:3/prime',
] as const;

export type ResolverRuleId = (typeof resolverRules)[number];
