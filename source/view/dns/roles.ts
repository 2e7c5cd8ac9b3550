// Names the roles of hosts in DNS. The ladder shows the role where the TCP state usually is, if a run has only DNS.
import {worldAt} from '../../account/entries.ts';
import {hostName} from '../../lesson/host-names.ts';
import {dnsRoleOn} from '../../sim/dns-apps.ts';
import {dnsRolesSentences} from '../../words/catalogue/panels.ts';
import type {View} from '../view.ts';

/** Returns a host's role in DNS; empty if it has none, or if the host's name already says it, as with `root` or “resolver”. */
export const roleText = ({input: {trace}, language}: View, id: string): string => {
  const host = worldAt(trace, 0)?.hosts[id];
  const role = host && dnsRoleOn(host);
  if (role === undefined || role === id) return '';
  const text = dnsRolesSentences[role][language];
  return text === hostName(trace, id)[language] ? '' : text;
};
