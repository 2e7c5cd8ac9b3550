// The ids of all rules by which an authoritative server answers or stays silent. The texts are in lessons/data/rules.yaml.

export const authorityRules = [
  '1034:4.3.2/answer',
  '1034:4.3.2/cname',
  '1034:4.3.2/delegation',
  '1034:4.3.5/serial',
  '1035:4.1.1/formerr',
  '1035:4.1.1/not-a-query',
  '1035:4.1.1/notimp',
  '1035:4.1.1/refused',
  '1035:4.2.1/truncated',
  '2308:3/negative/nodata',
  '2308:3/negative/nxdomain',
  '4592:2.2.2/empty-non-terminal',
  '4592:3.3.1/wildcard',
  '6891:6.1.3/badvers',
  '7766:6.2.3/idle/start',
  '7766:6.2.3/idle/stop',
  '8482:4.1/any',
] as const;

export type AuthorityRuleId = (typeof authorityRules)[number];
