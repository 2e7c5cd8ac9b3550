// The identity of a run: its causes and the version of the machine. Replay codes contain it; no text of a lesson is part of it.
import {sha256} from '@noble/hashes/sha2.js';
import {bytesToHex} from '@noble/hashes/utils.js';
import {settingsFor} from '../stack/tcp/profiles.ts';
import type {ProfileName} from '../stack/tcp/settings.ts';
import {encodeUtf8} from '../wire/utf8.ts';
import {canonicalJson} from './canonical-json.ts';
import type {HostSpec, Scenario} from './scenario.ts';

/**
 * The version of the machine, raised whenever the same causes lead to other events than before (`digest.ts`), because older codes then mean
 * other runs and are refused. `npm run digests` pins such a change only with a new version.
 * 1: codes did not say which machine. 2: `linux` ran Reno. 3: an open connect() gave its error to receive(). 4: probes did not wait for
 * answers. 5: programs had no sockets. 8: a mark and a loss of one window slowed down twice. 9: events of a certificate that is not
 * believed gave its place as their time. 10: a repeated SYN was answered with D-SACK. 11: the client called an answer incomplete that came
 * before its content and ended with the connection, and kept its content back for ever after an early hint. 12: data beyond a shrunken
 * window were retransmitted, and `linux` ignored text that crossed a FIN and left urgent bytes in the stream.
 */
export const machineVersion = 13;

/** Returns the TCP settings of a host that differ from the run's profile, whether by a profile of its own or by single changes. */
const settingsOf = (usualProfile: ProfileName, {profile = usualProfile, tcp}: HostSpec): object => {
  const usual = new Map(Object.entries(settingsFor(usualProfile, {})));
  const own = Object.entries(settingsFor(profile, tcp));
  return Object.fromEntries(
    own.filter(([name, value]) => canonicalJson(usual.get(name)) !== canonicalJson(value)),
  );
};

/**
 * Returns the SHA-256 of all that determines a scenario's run, in hexadecimal digits. What only names or limits a run (`label`,
 * `mostEvents`) is left out, and so is the cryptography, whose results are the same whoever computes them.
 */
export const identityOf = (scenario: Scenario): string => {
  const {profile, seed, hosts, links, arp, script, actors, apps, faults, until, limitUs, notTcp, byHand} =
    scenario;
  const causes = {
    ...{profile, seed, links, arp, script, actors, apps, faults, limitUs, notTcp, byHand},
    hosts: hosts.map((host) => {
      const {label: _, profile: __, ...named} = host;
      return {...named, tcp: settingsOf(profile, host)};
    }),
    until: until !== 'quiet' && 'watch' in until ? {awaits: until.awaits} : until,
  };
  return bytesToHex(sha256(encodeUtf8(canonicalJson({machineVersion, causes}))));
};
