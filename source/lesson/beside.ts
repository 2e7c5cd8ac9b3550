// Files that stand beside a lesson and belong to it. Whoever loads the lesson gives their texts: the compiler touches no disk.

type Texts = ReadonlyMap<string, string>;

export class Beside {
  readonly #folder: string;
  readonly #zones: Texts;
  readonly #certificates: Texts;

  /** `lesson`: as errors name it; zone files, and PEM files that all lessons share, by their names. */
  constructor(lesson: string, {zones, certificates}: {readonly zones: Texts; readonly certificates: Texts}) {
    this.#folder = lesson.replace(/[^\\/]*$/, 'zones/');
    this.#zones = zones;
    this.#certificates = certificates;
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
    return this.#zones.get(name);
  }

  get certificateNames(): readonly string[] {
    return [...this.#certificates.keys()];
  }

  /** The text of `good.ecdsa.pem`. */
  certificate(file: string): string | undefined {
    return this.#certificates.get(file);
  }
}
