// The HTTP exchange at hand: request and response, with what of them has arrived.

import {messageTexts, messageWords} from '../../words/catalogue/message.ts';
import {between, panelsMessageSentences} from '../../words/catalogue/panels.ts';
import {spokenTexts} from '../../words/catalogue/spoken.ts';
import {spokenWords} from '../../words/catalogue/spoken-words.ts';
import {ended} from '../../words/spoken.ts';
import {sentence, spokenAsSent, spokenText} from '../../words/spoken-text.ts';
import {muted} from '../canvas.ts';
import {
  exchangeKey,
  firstPacketOf,
  hasHttp,
  type MessageOwn,
  type ShownExchange,
  shownExchange,
} from '../http/exchange-at.ts';
import {exchangeBlocks} from '../http/exchange-blocks.ts';
import {putMessage} from '../http/message-drawing.ts';
import {type MessageLine, packetFieldOf} from '../http/message-lines.ts';
import {besideKeys, definePanel, type PanelMove, pageKeys, rowsBy, upDownKeys, wayOf} from '../panel.ts';
import {narrationAt} from '../time/waypoints.ts';
import {choiceOf, selectedPacket, type View} from '../view.ts';

/** Lines of content that are read out. */
const mostContent = 20;

const said = (line: MessageLine, {language}: View): string => {
  const {kind, name, hidden} = line;
  const text = hidden ? spokenWords.blank[language] : spokenAsSent(line.text, language);
  if (kind === 'heading' || kind === 'note') return sentence(spokenText(line.text, language), language);
  if (text === '') return spokenTexts.emptyLine[language];
  return kind === 'field' ? `${name}: ${text}` : text;
};

/** Which one, its start lines, fields and how much of the content is here. */
const spokenMessage = (view: View, own: MessageOwn): readonly string[] => {
  const {language} = view;
  const shown = shownExchange(view, own);
  if (!shown) return [messageTexts.none[language]];
  const nth = messageWords.nth[language]({number: shown.index + 1, count: shown.all.length});
  const gap = between.pause[language];
  const title = `${messageTexts.heading[language]}${gap}${nth}`;
  const lines = exchangeBlocks(view, shown).flatMap(({lines: all}) => {
    const content = all.filter(({kind}) => kind === 'text');
    const left = content.slice(mostContent);
    // Hex is for the eye.
    return all.filter((line) => line.kind !== 'hex' && !left.includes(line));
  });
  return [title, ...lines.map((line) => said(line, view))].map((line) => ended(line, language));
};

type Move = PanelMove<MessageOwn> | undefined;

/** The last field that the narration shows, unless it shows the first line, too; the heading is not one to be marked. */
const toldLine = (view: View, shown: ShownExchange): number => {
  const {playback} = view.input;
  const told = narrationAt(view.input, playback.viewMs).beat?.show ?? [];
  if (playback.selection.packet !== undefined || told.some((name) => /^http\.re(quest|sponse)\./.test(name)))
    return 1;
  const lines = exchangeBlocks(view, shown).flatMap((block) => block.lines);
  return Math.max(
    1,
    lines.findLastIndex(({kind, name}) => kind === 'field' && told.includes(packetFieldOf(name))),
  );
};

const lineOf = (view: View, own: MessageOwn, shown: ShownExchange): number =>
  own.key === exchangeKey(shown.exchange) ? own.line : toldLine(view, shown);

const movedBy = (view: View, own: MessageOwn, by: number): Move => {
  const shown = shownExchange(view, own);
  if (!shown) return undefined;
  const count = exchangeBlocks(view, shown).reduce((sum, {lines}) => sum + lines.length, 0);
  const from = lineOf(view, own, shown);
  const line = Math.max(0, Math.min(count - 1, from + by));
  return line === from ? undefined : {own: {...own, line, key: exchangeKey(shown.exchange)}};
};

/** Selects the packet with which that exchange begins; several may begin in one. */
const beside = (view: View, own: MessageOwn, by: 1 | -1): Move => {
  const shown = shownExchange(view, own);
  const exchange = shown?.all[shown.index + by];
  if (!exchange) return undefined;
  const packet = firstPacketOf(view, exchange) ?? selectedPacket(view);
  if (packet === undefined) return undefined;
  const key = exchangeKey(exchange);
  return {
    own: {chosen: {packet, key}, line: 1, key},
    selection: {...choiceOf(view, packet), field: undefined, byte: undefined},
  };
};

export const messagePanel = definePanel<MessageOwn>({
  name: 'message',
  title: messageTexts.title,
  start: {line: 1, key: ''},
  keys: [
    upDownKeys(panelsMessageSentences['↑↓'].label),
    besideKeys(panelsMessageSentences['n p'].label, 6),
    pageKeys(panelsMessageSentences['PgUp PgDn'].label),
  ],
  command(view, own, command) {
    return command === 'next' || command === 'previous'
      ? beside(view, own, wayOf(command))
      : movedBy(view, own, rowsBy(command));
  },
  subject(view, own) {
    const exchange = shownExchange(view, own)?.exchange;
    const packet = exchange && firstPacketOf(view, exchange);
    return packet === undefined ? undefined : {kind: 'packet', packet};
  },
  shows: /^http\./,
  isAvailable: ({input}) => hasHttp(input.trace),
  leads: ({input}) => hasHttp(input.trace),
  least: {columns: 34, rows: 4},
  best: {columns: 110, rows: 24},
  places: ['lower', 'side'],
  covers: 'picture',
  spoken: spokenMessage,
  put(pane, view, own) {
    const shown = shownExchange(view, own);
    if (shown) putMessage(pane, view, shown, lineOf(view, own, shown));
    else pane.put(0, 0, messageTexts.none[view.language], muted);
  },
});
