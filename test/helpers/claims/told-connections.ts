// What is told of connections, one row for each kind of message.
import {handshakeRows, listeningRows} from './told-handshake.ts';
import type {ToldRows} from './told-rows.ts';

export const connectionRows: ToldRows = {...handshakeRows, ...listeningRows};
