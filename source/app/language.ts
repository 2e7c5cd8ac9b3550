// Chooses the language: the option, then PACKET_TUTOR_LANG, the settings and the locale.
import {type Language, languages} from '../words/catalogue/language.ts';

const primary = (tag: string): string => tag.toLowerCase().replace(/[-_.@].*/, '');

/** Returns the language nearest to a locale such as `zh_TW.UTF-8`; undefined if there is none. */
const languageOf = (value: string | undefined): Language | undefined => {
  if (value === undefined || value === '') return undefined;
  const tag = value.replace(/[.@].*/, '').replaceAll('_', '-');
  return (
    languages.find((each) => each === tag) ?? languages.find((each) => primary(each) === primary(tag)) ?? 'en'
  );
};

/** Finds the language option in the unparsed arguments, because help and errors about options use that language, too. */
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
  const asked = languages.find((each) => each === given);
  const locale = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(
    (value) => value !== undefined && value !== '',
  );
  return asked ?? languageOf(env['PACKET_TUTOR_LANG']) ?? preferred ?? languageOf(locale) ?? 'en';
};
