// Our client and our server beside each other: what one sends the other gets, and everything that they did is kept.
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {nodeCrypto} from '../../../source/io/crypto.ts';
import {type TlsConnection, tlsClient, tlsServer} from '../../../source/stack/tls/connection.ts';
import type {TlsEffect, TlsEnv, TlsEvent} from '../../../source/stack/tls/effect.ts';
import {
  type TlsClientSettings,
  type TlsCredential,
  type TlsServerSettings,
  type TlsSession,
  tlsClientDefaults,
  tlsServerDefaults,
} from '../../../source/stack/tls/settings.ts';
import {tlsStep} from '../../../source/stack/tls/tls.ts';
import {acted} from '../../helpers/acted.ts';

const der = (name: string): Uint8Array => {
  const pem = readFileSync(new URL(`../../fixtures/tls/${name}.pem`, import.meta.url), 'utf8');
  return new Uint8Array(Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64'));
};

const credential = (name: string): TlsCredential => ({
  chain: [der(name)],
  privateKey: der(`${name}-key`),
});

/** Self-signed, for www.example.com. */
export const credentials = {rsa: credential('rsa'), p256: credential('p256')};

export const clientSettings: TlsClientSettings = {...tlsClientDefaults, serverName: 'www.example.com'};
export const serverSettings: TlsServerSettings = {
  ...tlsServerDefaults,
  credentials: [credentials.p256, credentials.rsa],
  ticketKey: new Uint8Array(32).fill(5),
};

type Bytes = TlsEnv['bytes'];

/** By the seed and the keys alone. */
export const seeded =
  (seed: string): Bytes =>
  (size, ...keys) => {
    const parts = Array.from({length: Math.ceil(size / 32)}, (_, i) =>
      createHash('sha256')
        .update(JSON.stringify([seed, ...keys, i]))
        .digest(),
    );
    return new Uint8Array(Buffer.concat(parts).subarray(0, size));
  };

/** 1 January 2026, where the clocks of all ends begin. */
const newYear = 1_767_225_600_000_000;

/** One end with its memory. */
export class End {
  readonly effects: TlsEffect[] = [];
  nowUs = 0;
  readonly #bytes: Bytes;
  readonly #memory: Set<string>;
  #sent: Uint8Array[] = [];
  connection: TlsConnection;

  constructor(connection: TlsConnection, bytes: Bytes, memory = new Set<string>()) {
    this.connection = connection;
    this.#bytes = bytes;
    this.#memory = memory;
  }

  happen(event: TlsEvent): this {
    const env = {
      nowUs: this.nowUs,
      wallUs: newYear + this.nowUs,
      crypto: nodeCrypto,
      bytes: this.#bytes,
      seen: (id: string) => this.#memory.has(id),
    };
    const {connection, effects} = tlsStep(this.connection, event, env);
    this.connection = connection;
    acted(...effects);
    for (const effect of effects) {
      this.effects.push(effect);
      if (effect.kind === 'send') this.#sent.push(effect.data);
      if (effect.kind === 'remember') this.#memory.add(effect.id);
    }
    return this;
  }

  /** What has been sent since the last time. */
  take(): readonly Uint8Array[] {
    const sent = this.#sent;
    this.#sent = [];
    return sent;
  }

  of<K extends TlsEffect['kind']>(kind: K): readonly Extract<TlsEffect, {readonly kind: K}>[] {
    return this.effects.filter((one): one is Extract<TlsEffect, {readonly kind: K}> => one.kind === kind);
  }

  get state(): string {
    return this.connection.phase.state;
  }

  get text(): string {
    return Buffer.concat(this.of('deliver').map(({data}) => data)).toString();
  }

  /** Alerts as `sent illegal_parameter`. */
  get alerts(): readonly string[] {
    return this.of('alert').map(({op, name}) => `${op} ${name}`);
  }

  /** Those of TLS 1.3. */
  get sessions(): readonly TlsSession[] {
    return this.of('session').flatMap(({session}) => (session.version === 'TLS 1.3' ? [session] : []));
  }

  get agreement() {
    return this.of('established')[0]?.agreement;
  }

  /** Names of the messages with the keys that protected them. */
  messages(op: 'sent' | 'received'): readonly string[] {
    return this.of('note').flatMap(({note}) =>
      note.kind === 'message' && note.op === op ? [`${note.name} ${note.epoch}`] : [],
    );
  }
}

type Change = (data: Uint8Array) => Uint8Array;
type Options = {
  readonly client?: Partial<TlsClientSettings>;
  readonly server?: Partial<TlsServerSettings>;
  readonly seed?: string;
  readonly nowUs?: number;
  /** What the server remembers, over connections. */
  readonly memory?: Set<string>;
  /** Bytes of one delivery. */
  readonly pieces?: number;
};

export class Pair {
  readonly client: End;
  readonly server: End;
  readonly #pieces: number;

  constructor({client = {}, server = {}, seed = 'a', nowUs = 0, memory, pieces = Infinity}: Options = {}) {
    const settings = {...clientSettings, ...client};
    this.client = new End(tlsClient(settings), seeded(`${seed} client`));
    this.server = new End(tlsServer({...serverSettings, ...server}), seeded(`${seed} server`), memory);
    this.client.nowUs = nowUs;
    this.server.nowUs = nowUs;
    this.#pieces = pieces;
  }

  /** One flight; `changed` stands between. */
  pass(from: End, to: End, changed: Change = (data) => data): boolean {
    const sent = from.take();
    for (const one of sent) {
      const data = changed(one);
      for (let at = 0; at < data.length; at += this.#pieces)
        to.happen({kind: 'bytes', data: data.slice(at, Math.min(data.length, at + this.#pieces))});
    }
    return sent.length > 0;
  }

  /** Until neither has anything more to say. */
  run(): this {
    for (let turns = 0; turns < 20; turns++) {
      const any = this.pass(this.client, this.server);
      if (!this.pass(this.server, this.client) && !any) return this;
    }
    throw new Error('they never stop');
  }

  open(): this {
    this.client.happen({kind: 'open'});
    this.server.happen({kind: 'open'});
    return this;
  }
}

export const write = (text: string): TlsEvent => ({kind: 'write', data: new TextEncoder().encode(text)});
