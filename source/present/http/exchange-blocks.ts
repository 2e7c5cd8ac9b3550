// The messages of an exchange in the order in which they are read: the request, interim responses, the response.
import type {SeenMessage} from '../../observe/http-exchanges.ts';
import {messageTexts} from '../text/message.ts';
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

export const exchangeBlocks = (view: View, {exchange, reading}: ShownExchange): readonly Block[] => {
  const {language} = view;
  const {request, interim, response, connection} = exchange;
  const [client, server] = connection.ends;
  const block = (message: SeenMessage): Block => ({
    from: connection.ends[message.side].host,
    lines: messageLines(view, reading, message),
  });
  return [
    request ? block(request) : {from: client.host, lines: [absent(messageTexts.noRequest[language])]},
    ...interim.map(block),
    response ? block(response) : {from: server.host, lines: [absent(messageTexts.noResponse[language])]},
  ];
};
