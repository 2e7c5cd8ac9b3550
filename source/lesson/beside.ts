// Files that stand beside a lesson and belong to it. Whoever loads the lesson gives their texts: the compiler touches no disk.

export class Beside {
  readonly #folder: string;
  readonly #zones: ReadonlyMap<string, string>;
  readonly #used = new Map<string, string>();

  /** `lesson`: as errors name it; `zones`: texts of zone files by their names. */
  constructor(lesson: string, zones: ReadonlyMap<string, string>) {
    this.#folder = lesson.replace(/[^\\/]*$/, 'zones/');
    this.#zones = zones;
  }

  get zoneNames(): readonly string[] {
    return [...this.#zones.keys()];
  }

  /** As errors name it. */
  pathOf(zone: string): string {
    return `${this.#folder}${zone}`;
  }

  /** Undefined: there is none of that name. */
  zone(name: string): string | undefined {
    const text = this.#zones.get(name);
    if (text !== undefined) this.#used.set(name, text);
    return text;
  }

  /** What the lesson is made of, as one text; its own where it names no file. */
  withUsed(source: string): string {
    const files = [...this.#used].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return [source, ...files.map(([name, text]) => `\n--- zones/${name}\n${text}`)].join('');
  }
}
