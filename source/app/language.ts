// Which language: the option, then the environment and the config file in the order that cli.md gives.
import type {Language} from '../lesson/text.ts';

const languageOf = (value: string | undefined): Language | undefined => {
  if (value === undefined || value === '') return undefined;
  return /^zh/i.test(value) ? 'zh' : 'en';
};

/** Read from the raw words, because help and errors about options are in this language too. */
const option = (argv: readonly string[]): string | undefined => {
  const end = argv.indexOf('--');
  const words = end < 0 ? argv : argv.slice(0, end);
  const joined = words.findLast((word) => word.startsWith('--lang='));
  const apart = words.lastIndexOf('--lang');
  return joined?.slice('--lang='.length) ?? (apart < 0 ? undefined : words[apart + 1]);
};

export const chooseLanguage = (
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  preferred: Language | undefined,
): Language => {
  const given = option(argv);
  const asked = given === 'en' || given === 'zh' ? given : undefined;
  const locale = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(
    (value) => value !== undefined && value !== '',
  );
  return asked ?? languageOf(env['PACKET_TUTOR_LANG']) ?? preferred ?? languageOf(locale) ?? 'en';
};
