// An IP address in a replay script.

import {text} from '../../lesson/problem.ts';
import {formatIpAddress, type IpAddress, parseIpAddress} from '../../wire/ip-address.ts';
import {refuse, type Word} from './lines.ts';

export const parseAddress = ({text: given, position}: Word): IpAddress => {
  const octets = parseIpAddress(given);
  return octets.ok
    ? formatIpAddress(octets.value)
    : refuse(
        position,
        text(`“${given}” is not an IP address`, `「${given}」不是 IP 地址`),
        text('write an address such as 192.0.2.1 or 2001:db8::1', '写地址，例如 192.0.2.1 或 2001:db8::1'),
      );
};
