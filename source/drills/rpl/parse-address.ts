// Parses an IP address in a replay script.

import {worded} from '../../lesson/text.ts';
import {formatIpAddress, type IpAddress, parseIpAddress} from '../../wire/ip-address.ts';
import {rplParseAddressSentences} from '../../words/catalogue/drills-rpl.ts';
import {refuse, type Word} from './lines.ts';

export const parseAddress = ({text: given, position}: Word): IpAddress => {
  const octets = parseIpAddress(given);
  return octets.ok
    ? formatIpAddress(octets.value)
    : refuse(
        position,
        worded(rplParseAddressSentences.parseAddress.isNotAn, {given}),
        rplParseAddressSentences.parseAddress.writeAnAddress,
      );
};
