// One step at one connection, without the world around it: what functions of a step change of it.
import type {Connection} from '../../../source/stack/tcp/connection.ts';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import type {TcpSettings} from '../../../source/stack/tcp/settings.ts';
import {newTcb} from '../../../source/stack/tcp/tcb.ts';
import type {Turn} from '../../../source/stack/tcp/turn.ts';
import {seq} from '../../../source/wire/seq.ts';
import {A, B} from './two-hosts.ts';

export const fresh = newTcb(
  {origin: 'active', local: A, remote: B, iss: seq(0), read: 'auto'},
  profiles.linux,
);

type Alone = {readonly nowUs?: number; readonly settings?: Partial<TcpSettings>};

export const turnWith = (changes: Partial<Connection>, {nowUs = 0, settings = {}}: Alone = {}): Turn =>
  ({
    env: {nowUs, settings: {...profiles.linux, ...settings}, isn: () => seq(0)},
    ...{effects: [], before: undefined, gone: false, owed: undefined, repeat: undefined, resend: undefined},
    ...{echoedUs: undefined, fired: false, heardPeer: undefined, path: undefined},
    tcb: {...fresh, ...changes} as Connection,
  }) as unknown as Turn;
