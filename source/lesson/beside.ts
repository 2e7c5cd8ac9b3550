// The texts of files that accompany a lesson: zones and certificates. The caller that loads the lesson supplies them, because the compiler
// reads no disk.

type Texts = ReadonlyMap<string, string>;

export class Beside {
  readonly #folder: string;
  readonly #zones: Texts;
  readonly #certificates: Texts;

  /** Takes the lesson's path as errors name it, and by name the texts of zone files and of the PEM files that all lessons share. */
  constructor(lesson: string, {zones, certificates}: {readonly zones: Texts; readonly certificates: Texts}) {
    this.#folder = lesson.replace(/[^\\/]*$/, 'zones/');
    this.#zones = zones;
    this.#certificates = certificates;
  }

  get zoneNames(): readonly string[] {
    return [...this.#zones.keys()];
  }

  /** Returns the path of a zone file beside the lesson, as errors name it. */
  pathOf(zone: string): string {
    return `${this.#folder}${zone}`;
  }

  /** Returns the text of the zone file with this name beside the lesson; undefined if there is none. */
  zone(name: string): string | undefined {
    return this.#zones.get(name);
  }

  get certificateNames(): readonly string[] {
    return [...this.#certificates.keys()];
  }

  /** Returns the text of a PEM file for lessons, such as `good.ecdsa.pem`; undefined if there is none with this name. */
  certificate(file: string): string | undefined {
    return this.#certificates.get(file);
  }
}
