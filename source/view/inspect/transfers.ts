// Describes the data rate in each direction of a TCP connection. Findings tell what limited it.

import {type Text, worded} from '../../lesson/text.ts';
import type {ObservedConnection} from '../../observe/observed-connection.ts';
import {transferOf} from '../../observe/transfer-limits.ts';
import {other} from '../../verdict/sides.ts';
import {reportTexts as say} from '../../words/catalogue/inspect.ts';
import {formatTime} from '../../words/format.ts';
import {rateText} from './rates.ts';

/** Returns texts on the data rates of both directions, the client's first; a direction with too little data has none. */
export const transferTexts = (connection: ObservedConnection): readonly Text[] => {
  const {client} = connection;
  return [client, other(client)].flatMap((side) => {
    const {pace, payloadBytes} = connection.half(side);
    const transfer = transferOf(pace, payloadBytes);
    if (!transfer) return [];
    const [rate, us] = [rateText(transfer.bitsPerSecond), formatTime(transfer.us)];
    return [worded(say.transfer, {there: side === client, rate, us})];
  });
};
