// What hosts do in DNS, where a run has no TCP whose states could stand under their names (screens.md 5 (i)).
import {worldAt} from '../../account/entries.ts';
import type {Text} from '../../lesson/text.ts';
import {type DnsRole, dnsRoleOn} from '../../sim/dns-apps.ts';
import {dnsRolesSentences} from '../../words/catalogue/panels.ts';
import type {View} from '../view.ts';

const roleTexts: {readonly [role in DnsRole]: Text} = {
  stub: dnsRolesSentences.stub,
  resolver: dnsRolesSentences.resolver,
  root: dnsRolesSentences.root,
  tld: dnsRolesSentences.tld,
  authoritative: dnsRolesSentences.authoritative,
};

/** Empty where the name says it: the host `root` is the root. */
export const roleText = ({input: {trace}, language}: View, id: string): string => {
  const host = worldAt(trace, 0)?.hosts[id];
  const role = host && dnsRoleOn(host);
  return role === undefined || role === id ? '' : roleTexts[role][language];
};
