// The messages of an exchange in the order in which they are read: the request, interim responses, the response.
import type {SeenMessage} from '../../observe/http-exchanges.ts';
import type {Direction} from '../../observe/stream-bytes.ts';
import {messageTexts} from '../../words/catalogue/message.ts';
import type {View} from '../view.ts';
import type {ShownExchange} from './exchange-at.ts';
import {type MessageLine, messageLines} from './message-lines.ts';

export type Block = {
  /** The host that sends it. */
  readonly from: string;
  readonly lines: readonly MessageLine[];
};

const absent = (text: string): MessageLine => ({
  kind: 'note',
  name: '',
  text,
  arrived: true,
  hidden: false,
  packets: [],
});

/** All that was sent is there, and it breaks the grammar (RFC 9112 §2.2). */
const isUnreadable = ({pieces, stopped}: Direction): boolean =>
  stopped && pieces.every(({kind}) => kind !== 'hole');

export const exchangeBlocks = (view: View, {exchange, reading}: ShownExchange): readonly Block[] => {
  const {language} = view;
  const {request, interim, response, connection} = exchange;
  const unseen = isUnreadable(reading.directions[0]) ? messageTexts.badRequest : messageTexts.noRequest;
  const [client, server] = connection.ends;
  const block = (message: SeenMessage): Block => ({
    from: connection.ends[message.side].host,
    lines: messageLines(view, reading, message, exchange.stream),
  });
  return [
    request ? block(request) : {from: client.host, lines: [absent(unseen[language])]},
    ...interim.map(block),
    response ? block(response) : {from: server.host, lines: [absent(messageTexts.noResponse[language])]},
  ];
};
