// The IP addresses of the two ends of a packetdrill script: those of `--local_ip` and `--remote_ip`, or else packetdrill's defaults.

import type {IpAddress} from '../../wire/frame.ts';
import {formatIpAddress, parseIpAddress} from '../../wire/ip-address.ts';
import type {ScriptOption} from './script.ts';

export type Addresses = {readonly local: IpAddress; readonly remote: IpAddress};

/** Returns the canonical text of an IPv4 address; undefined if the text is no IPv4 address. */
export const ipv4Of = (text: string): IpAddress | undefined => {
  const octets = parseIpAddress(text);
  return octets.ok && octets.value.length === 4 ? formatIpAddress(octets.value) : undefined;
};

export const addressesOf = (options: readonly ScriptOption[]): Addresses => {
  const named = (wanted: string): IpAddress | undefined => {
    const option = options.findLast(({name}) => name === wanted);
    return option && ipv4Of(option.value);
  };
  return {local: named('local_ip') ?? '192.168.0.1', remote: named('remote_ip') ?? '192.0.2.1'};
};
