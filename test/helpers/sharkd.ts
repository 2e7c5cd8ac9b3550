// Wireshark as a server: one process reads one capture after the other in milliseconds, where each start of tshark takes a
// fifth of a second. Its columns show the same fields; only their numbers are written otherwise, so both sides go through `plain`.
import {type ChildProcessWithoutNullStreams, spawn, spawnSync} from 'node:child_process';
import {createInterface} from 'node:readline';

/** Comes with Debian's package tshark. */
export const sharkdMissing = (): string | undefined =>
  spawnSync('sharkd', ['--version']).status === 0 ? undefined : 'sharkd (of tshark) is not installed';

type Waiting = {resolve(result: unknown): void; reject(error: Error): void};

/** `0x0002` and `0x002`, `0x1a (26)` and `0x001a` are one number. */
export const plain = (value: string): string =>
  /^0x[0-9a-f]+( \(\d+\))?$/.test(value) ? String(Number.parseInt(value, 16)) : value;

const settings = [
  ...['ip', 'tcp', 'udp'].map((protocol) => [`${protocol}.check_checksum`, 'TRUE'] as const),
  ...['mac_name', 'network_name', 'transport_name', 'vlan_name'].map(
    (name) => [`nameres.${name}`, 'FALSE'] as const,
  ),
];

export class Sharkd {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  #loaded = 0;

  private constructor() {
    this.#child = spawn('sharkd', ['-']);
    this.#child.stderr.resume();
    createInterface({input: this.#child.stdout}).on('line', (line) => this.#take(line));
    this.#child.on('exit', () => {
      for (const {reject} of this.#waiting.values()) reject(new Error('sharkd has gone'));
    });
  }

  static async start(): Promise<Sharkd> {
    const sharkd = new Sharkd();
    for (const [name, value] of settings) await sharkd.#ask('setconf', {name, value});
    return sharkd;
  }

  async load(file: string): Promise<void> {
    await this.#ask('load', {file});
    this.#loaded++;
  }

  /** A row for each frame that the filter lets through: the first value of each field, or all with commas; '' for none. */
  async rows(
    fields: readonly string[],
    filter?: string,
    which: 'first' | 'all' = 'first',
  ): Promise<readonly (readonly string[])[]> {
    const occurrence = which === 'first' ? 1 : 0;
    const columns = Object.fromEntries(
      fields.map((field, index) => [`column${index}`, `${field}:${occurrence}`]),
    );
    const frames = await this.#ask('frames', {...columns, ...(filter ? {filter: this.#fresh(filter)} : {})});
    if (!Array.isArray(frames)) throw new Error(`no frames: ${JSON.stringify(frames)}`);
    return frames.map(({c}: {c: readonly string[]}) => c.map(plain));
  }

  stop(): void {
    this.#child.kill();
  }

  /** sharkd remembers what a filter let through, by its text, and does not forget it with the next file. */
  #fresh(filter: string): string {
    return `(${filter}) && frame.number != ${2 ** 31 - this.#loaded}`;
  }

  #ask(method: string, params: object): Promise<unknown> {
    const id = ++this.#asked;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, {resolve, reject});
      this.#child.stdin.write(`${JSON.stringify({jsonrpc: '2.0', id, method, params})}\n`);
    });
  }

  #take(line: string): void {
    const {id, result, error} = JSON.parse(line);
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) waiting?.reject(new Error(JSON.stringify(error)));
    else waiting?.resolve(result);
  }
}
