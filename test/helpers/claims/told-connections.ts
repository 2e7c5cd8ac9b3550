// What is told of connections and of the data on them: for each kind of message a row.
import {answersRows} from './told-answers.ts';
import {breaksRows} from './told-breaks.ts';
import {closingRows} from './told-closing.ts';
import {handshakeRows, listeningRows} from './told-handshake.ts';
import {keptRows} from './told-kept.ts';
import {networkRows} from './told-network.ts';
import {refusedRows} from './told-refused.ts';
import {repairRows} from './told-repairs.ts';
import type {ToldRows} from './told-rows.ts';
import {endRows} from './told-run-end.ts';

export const connectionRows = {
  ...{...handshakeRows, ...listeningRows, ...closingRows},
  ...{...breaksRows, ...answersRows, ...networkRows},
  ...{...refusedRows, ...repairRows, ...keptRows, ...endRows},
} satisfies ToldRows;
