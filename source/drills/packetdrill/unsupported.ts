// What scripts may ask of the stack or the runner and cannot have: each by the name that a failure gives.

import type {Text} from '../../lesson/text.ts';
import {packetdrillUnsupportedSentences} from '../../words/catalogue/drills-packetdrill.ts';

export const unsupported = {
  icmp: packetdrillUnsupportedSentences.icmp,
  ipv6: packetdrillUnsupportedSentences.ipv6,
  call: packetdrillUnsupportedSentences.call,
  socketType: packetdrillUnsupportedSentences.socketType,
  socketOption: packetdrillUnsupportedSentences.socketOption,
  argument: packetdrillUnsupportedSentences.argument,
  command: packetdrillUnsupportedSentences.command,
  setting: packetdrillUnsupportedSentences.setting,
  code: packetdrillUnsupportedSentences.code,
  tcpInfo: packetdrillUnsupportedSentences.tcpInfo,
  scriptOption: packetdrillUnsupportedSentences.scriptOption,
} as const satisfies Record<string, Text>;

export type Feature = keyof typeof unsupported;
