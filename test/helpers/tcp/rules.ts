// The texts of rules.yaml beside the ids of the machine, of the path, of DNS, of HTTP and of TLS.
import {readFileSync} from 'node:fs';
import {parse} from 'yaml';
import type {Rule} from '../../../source/lesson/rule.ts';
import {socketRules} from '../../../source/sim/socket-rules.ts';
import {resolverRules} from '../../../source/stack/dns/resolver-rules.ts';
import {authorityRules} from '../../../source/stack/dns/rules.ts';
import {httpRules} from '../../../source/stack/http/rules.ts';
import {ipRules} from '../../../source/stack/ip/rules.ts';
import {tcpRules} from '../../../source/stack/tcp/rules.ts';
import {tlsRules} from '../../../source/stack/tls/rules.ts';

const file = new URL('../../../lessons/data/rules.yaml', import.meta.url);

export const ruleTexts: readonly Rule[] = parse(readFileSync(file, 'utf8'));
export const ruleNamed = (id: string): Rule | undefined => ruleTexts.find((rule) => rule.id === id);

export const ruleIds: readonly string[] = [
  ...tcpRules,
  ...ipRules,
  ...authorityRules,
  ...resolverRules,
  ...httpRules,
  ...tlsRules,
  ...socketRules,
];
