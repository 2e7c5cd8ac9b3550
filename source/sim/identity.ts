// What a run is: its causes and the machine that they are given to. Replay codes go by it; no text of a lesson is in it.
import {sha256} from '@noble/hashes/sha2.js';
import {bytesToHex} from '@noble/hashes/utils.js';
import {settingsFor} from '../stack/tcp/profiles.ts';
import type {ProfileName} from '../stack/tcp/settings.ts';
import {encodeUtf8} from '../wire/utf8.ts';
import {canonicalJson} from './canonical-json.ts';
import type {HostSpec, Scenario} from './scenario.ts';

/**
 * Raised whenever the same causes lead to other events than before (`digest.ts`): codes of before name other runs then, and are
 * refused. `npm run digests` does not pin such a change without it. 1 was the machine whose codes did not say which it was,
 * 2 the one whose `linux` ran Reno, 3 the one that told an open connect() its error as one of receive(), 4 the one whose probes
 * did not wait for answers, 5 the one in which programs had no sockets, 8 the one that slowed down for a mark and for a loss of one window,
 * 9 the one whose events of a certificate that is not believed told its place as their time, 10 the one that answered a SYN that came
 * again with D-SACK, 11 the one whose client told an answer that came before
 * its content and ended with the connection as incomplete, and kept its content back for ever after an early hint, 12 the one that retransmitted
 * data beyond a window that had shrunk, and whose `linux` ignored text that crossed a FIN and left urgent bytes in the stream.
 */
export const machineVersion = 13;

/** What makes them differ from the profile, however that is written. */
const settingsOf = (profile: ProfileName, tcp: HostSpec['tcp']): object => {
  const usual = new Map(Object.entries(settingsFor(profile, {})));
  const own = Object.entries(settingsFor(profile, tcp));
  return Object.fromEntries(
    own.filter(([name, value]) => canonicalJson(usual.get(name)) !== canonicalJson(value)),
  );
};

/**
 * SHA-256 in hexadecimal digits. What only names or bounds a run (`label`, `mostEvents`) is left out, and so is the cryptography, which is
 * the same whoever computes it.
 */
export const identityOf = (scenario: Scenario): string => {
  const {profile, seed, hosts, links, arp, script, actors, apps, faults, until, limitUs, notTcp} = scenario;
  const causes = {
    ...{profile, seed, links, arp, script, actors, apps, faults, limitUs, notTcp},
    hosts: hosts.map(({label: _, ...host}) => ({...host, tcp: settingsOf(profile, host.tcp)})),
    until: until !== 'quiet' && 'watch' in until ? {awaits: until.awaits} : until,
  };
  return bytesToHex(sha256(encodeUtf8(canonicalJson({machineVersion, causes}))));
};
