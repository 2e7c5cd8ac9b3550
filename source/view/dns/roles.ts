// Names the roles of hosts in DNS, which runs without TCP show in place of states.
import {worldAt} from '../../account/entries.ts';
import {hostName} from '../../lesson/host-names.ts';
import {dnsRoleOn} from '../../sim/dns-apps.ts';
import {dnsRolesSentences} from '../../words/catalogue/panels.ts';
import type {View} from '../view.ts';

/** Returns a host's role; empty if its name says it already, as with `root` or “resolver”. */
export const roleText = ({input: {trace}, language}: View, id: string): string => {
  const host = worldAt(trace, 0)?.hosts[id];
  const role = host && dnsRoleOn(host);
  if (role === undefined || role === id) return '';
  const text = dnsRolesSentences[role][language];
  return text === hostName(trace, id)[language] ? '' : text;
};
