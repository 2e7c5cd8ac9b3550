// A followed stream in sentences: who said what, in which packet.

import {punctuation} from '../../words/catalogue/punctuation.ts';
import {spokenWords} from '../../words/catalogue/spoken-words.ts';
import {streamTexts, streamWords} from '../../words/catalogue/stream.ts';
import {ended} from '../../words/spoken.ts';
import {sentence, spokenAsSent, spokenText} from '../../words/spoken-text.ts';
import {type StreamOwn, shownStream, streamTitle} from '../http/stream-lines.ts';
import type {View} from '../view.ts';

/** Lines that are read out, from the packet of the marked one on. */
const mostLines = 20;

export const spokenStream = (view: View, own: StreamOwn): readonly string[] => {
  const {language} = view;
  const shown = shownStream(view, own);
  if (!shown) return [streamTexts.none[language]];
  const {connection, lines, marked, bytes} = shown;
  const hosts = connection.ends.map(({host}) => view.called(host));
  const sums = bytes.map((count, side) =>
    streamWords.bytes[language]({bytes: count, host: hosts[side] ?? ''}),
  );
  const title = `${streamTitle(shown)[language]}${punctuation.colon[language]}${sums.join(punctuation.comma[language])}`;
  const packet = lines[marked]?.packet;
  const first = Math.max(
    0,
    lines.findIndex((line) => line.packet === packet),
  );
  const told = lines.slice(first, first + mostLines).flatMap((line): readonly string[] => {
    const way = line.arrived ? '' : `${punctuation.comma[language]}${streamWords.onTheWay[language]}`;
    const who =
      line.first &&
      line.packet !== undefined &&
      streamWords.said[language]({host: hosts[line.side] ?? '', packet: line.packet});
    const heading = who ? [`${sentence(spokenText(who, language), language)}${way}`] : [];
    const text = line.hidden ? spokenWords.blank[language] : spokenAsSent(line.text.trim(), language);
    return line.kind === 'hex' || text === '' ? heading : [...heading, text];
  });
  return [sentence(spokenText(title, language), language), ...told].map((line) => ended(line, language));
};
