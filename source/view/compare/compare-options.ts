// Describes the TCP options of a packet in words instead of octets.
import type {Language} from '../../lesson/text.ts';
import type {EventOf} from '../../sim/trace.ts';
import type {TcpOption} from '../../wire/tcp-options.ts';
import {compareOptions} from '../../words/catalogue/compare.ts';

const optionsOf = ({frame}: EventOf<'send'>): readonly TcpOption[] => {
  const transport = frame?.payload.kind === 'ip' ? frame.payload.packet.transport : undefined;
  return transport?.kind === 'tcp' ? transport.segment.options : [];
};

/** Returns the words for a TCP option; empty for padding and unknown options. */
const optionWords = (option: TcpOption, language: Language): readonly string[] => {
  switch (option.kind) {
    case 'mss':
      return [compareOptions.mss[language](option)];
    case 'windowScale':
      return [compareOptions.windowScale[language](option)];
    case 'sack':
      return option.blocks.map((block) => compareOptions.sack[language](block));
    case 'sackPermitted':
    case 'timestamps':
      return [compareOptions[option.kind][language]];
    default:
      return [];
  }
};

/** Returns the words for the TCP options of both packets; undefined if they are the same. */
export const differingOptions = (
  sends: readonly [EventOf<'send'>, EventOf<'send'>],
  language: Language,
): {readonly a: readonly string[]; readonly b: readonly string[]} | undefined => {
  const [a = [], b = []] = sends.map((send) => {
    const words = optionsOf(send).flatMap((option) => optionWords(option, language));
    return words.length === 0 ? [compareOptions.none[language]] : words;
  });
  return a.join() === b.join() ? undefined : {a, b};
};
