// The notation of `--set`: a setting of a host, a link or a program, by its place, with the value that it is to have (docs/reference.md).

export type Setting = {
  /** The place of the setting, such as `path.delay`, `server.tcp.backlog` or `client.close.at`. */
  readonly place: string;
  readonly value: string;
};

export const formatSetting = ({place, value}: Setting): string => `${place}=${value}`;

/** Parses `PLACE=VALUE`; undefined for any other text. A place contains a dot and no `@`, so that no fault is taken for a setting. */
export const parseSetting = (text: string): Setting | undefined => {
  const [, place, value] =
    /^([a-z][a-z0-9_]*(?:\.[A-Za-z0-9][A-Za-z0-9_-]*)+)=([^\p{Cc}]+)$/u.exec(text) ?? [];
  return place === undefined || value === undefined ? undefined : {place, value};
};

/** Removes the settings that a later setting of the same place replaces; the others keep their order. */
export const lastOfEach = (set: readonly Setting[]): readonly Setting[] =>
  set.filter(({place}, index) => set.findLastIndex((other) => other.place === place) === index);
