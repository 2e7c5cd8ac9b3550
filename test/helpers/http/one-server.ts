// One HTTP server without a network: bytes of a client go in as they are, written bytes come out, time is what the test says.
import type {Route} from '../../../source/stack/http/route.ts';
import {httpServerStep} from '../../../source/stack/http/server-program.ts';
import {type HttpServerSettings, httpServerDefaults} from '../../../source/stack/http/server-settings.ts';
import {httpServerStart} from '../../../source/stack/http/server-state.ts';
import {messagesOf} from '../../../source/wire/http/message.ts';
import {feed, responseParser} from '../../../source/wire/http/parser.ts';
import {joinedOctets} from '../../../source/wire/octets.ts';
import {OneProgram} from './one-program.ts';

const stream = 'c';

export class OneServer extends OneProgram<ReturnType<typeof httpServerStart>> {
  constructor(routes: readonly Route[], changes: Partial<HttpServerSettings> = {}) {
    super(httpServerStep, httpServerStart({...httpServerDefaults, routes, ...changes}));
    const from = {ip: '192.0.2.10', port: 40_000};
    this.happen({kind: 'accepted', stream, port: 80, local: '198.51.100.20', from});
  }

  /** One character for each octet. */
  hear(text: string): this {
    return this.happen({kind: 'data', stream, data: Uint8Array.from(text, (each) => each.charCodeAt(0))});
  }

  end(): this {
    return this.happen({kind: 'ended', stream, how: 'eof'});
  }

  get bytes(): Uint8Array {
    return joinedOctets(this.effects.flatMap((effect) => (effect.kind === 'write' ? [effect.data] : [])));
  }

  get text(): string {
    return new TextDecoder('latin1').decode(this.bytes);
  }

  /** `methods`: of the requests, where one was not GET. */
  statuses(methods?: readonly string[]): readonly number[] {
    const {messages} = messagesOf(feed(responseParser(methods), this.bytes).parts);
    return messages.map(({head}) => (head.start.kind === 'response' ? head.start.status : 0));
  }

  get closing(): boolean {
    return this.effects.some(({kind}) => kind === 'finish' || kind === 'close');
  }
}
