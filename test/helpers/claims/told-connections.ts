// What is told of connections, one row for each kind of message.
import {answersRows} from './told-answers.ts';
import {breaksRows} from './told-breaks.ts';
import {closingRows} from './told-closing.ts';
import {handshakeRows, listeningRows} from './told-handshake.ts';
import {networkRows} from './told-network.ts';
import type {ToldRows} from './told-rows.ts';

export const connectionRows: ToldRows = {
  ...{...handshakeRows, ...listeningRows},
  ...{...closingRows, ...breaksRows},
  ...{...answersRows, ...networkRows},
};
