// The HTTP exchange at hand: request and response, with what of them has arrived.

import {messageTexts} from '../../words/catalogue/message.ts';
import {panelsMessageSentences} from '../../words/catalogue/panels.ts';
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
import {packetFieldOf} from '../http/message-lines.ts';
import {besideKeys, definePanel, type PanelMove, pageKeys, rowsBy, upDownKeys, wayOf} from '../panel.ts';
import {spokenMessage} from '../spoken/spoken-message.ts';
import {narrationAt} from '../time/waypoints.ts';
import {choiceOf, selectedPacket, type View} from '../view.ts';

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
