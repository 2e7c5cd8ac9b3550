// The stream of a connection: what both ends said, in the order in which it arrived, and the packets that carry it.

import {panelsStreamSentences} from '../../words/catalogue/panels.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {spokenWords} from '../../words/catalogue/spoken-words.ts';
import {streamTexts, streamWords} from '../../words/catalogue/stream.ts';
import {ended} from '../../words/spoken.ts';
import {sentence, spokenAsSent, spokenText} from '../../words/spoken-text.ts';
import {muted} from '../canvas.ts';
import {putStream} from '../http/stream-drawing.ts';
import {type ShownStream, type StreamOwn, shownStream, streamsIn, streamTitle} from '../http/stream-lines.ts';
import {besideKeys, definePanel, type PanelMove, pageKeys, rowsBy, upDownKeys, wayOf} from '../panel.ts';
import {choiceOf, packetSubject, selectedPacket, type View} from '../view.ts';

/** Lines that are read out, from the packet of the marked one on. */
const mostLines = 20;

/** Who said what, in which packet. */
const spokenStream = (view: View, own: StreamOwn): readonly string[] => {
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

type Move = PanelMove<StreamOwn> | undefined;

/** The packet of that line becomes the selected one; bytes that no packet brought are passed over. */
const goTo = (view: View, {lines, marked}: ShownStream, wanted: number): Move => {
  const step = wanted < marked ? -1 : 1;
  let index = Math.max(0, Math.min(lines.length - 1, wanted));
  while (index in lines && lines[index]?.packet === undefined) index += step;
  const line = lines[index];
  if (line?.packet === undefined || index === marked) return undefined;
  const first = lines.findIndex(({packet}) => packet === line.packet);
  const own = {packet: line.packet, line: index - first};
  if (line.packet === selectedPacket(view)) return {own};
  return {own, selection: {...choiceOf(view, line.packet), field: undefined, byte: undefined}};
};

const byPacket = (shown: ShownStream, by: 1 | -1): number => {
  const {lines, marked} = shown;
  const packet = lines[marked]?.packet;
  const others = (index: number): boolean => lines[index]?.packet !== packet;
  let index = marked;
  while (index >= 0 && index < lines.length && !others(index)) index += by;
  if (by === 1 || index < 0) return index;
  const target = lines[index]?.packet;
  return lines.findIndex((line) => line.packet === target);
};

const moved = (view: View, own: StreamOwn, wanted: (shown: ShownStream) => number): Move => {
  const shown = shownStream(view, own);
  if (!shown) return undefined;
  const index = wanted(shown);
  return index < 0 || (index >= shown.lines.length && shown.marked === shown.lines.length - 1)
    ? goTo(view, shown, shown.marked)
    : goTo(view, shown, index);
};

export const streamPanel = definePanel<StreamOwn>({
  name: 'stream',
  title: streamTexts.title,
  start: {packet: 0, line: 0},
  keys: [
    upDownKeys(panelsStreamSentences['↑↓'].label),
    besideKeys(panelsStreamSentences['n p'].label, 6),
    pageKeys(panelsStreamSentences['PgUp PgDn'].label),
  ],
  command(view, own, command) {
    if (command === 'next' || command === 'previous')
      return moved(view, own, (shown) => byPacket(shown, wayOf(command)));
    return moved(view, own, ({marked}) => Math.max(0, marked + rowsBy(command)));
  },
  subject: packetSubject,
  isAvailable: ({input}) => streamsIn(input.trace).length > 0,
  least: {columns: 30, rows: 4},
  best: {columns: 90, rows: 24},
  places: ['lower', 'side'],
  covers: 'picture',
  spoken: spokenStream,
  put(pane, view, own) {
    const shown = shownStream(view, own);
    if (shown) putStream(pane, view, shown);
    else pane.put(0, 0, streamTexts.none[view.language], muted);
  },
});
