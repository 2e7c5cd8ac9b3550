// What hosts do in DNS, where a run has no TCP whose states could stand under their names.
import {worldAt} from '../../account/entries.ts';
import {hostName} from '../../lesson/host-names.ts';
import {dnsRoleOn} from '../../sim/dns-apps.ts';
import {dnsRolesSentences} from '../../words/catalogue/panels.ts';
import type {View} from '../view.ts';

/** Empty where the name says it: the host `root` is the root, and one that is called “resolver” is a resolver. */
export const roleText = ({input: {trace}, language}: View, id: string): string => {
  const host = worldAt(trace, 0)?.hosts[id];
  const role = host && dnsRoleOn(host);
  if (role === undefined || role === id) return '';
  const text = dnsRolesSentences[role][language];
  return text === hostName(trace, id)[language] ? '' : text;
};
