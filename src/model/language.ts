/** The language of a tag and what it is written in: `zh-Hans` for `zh` and `zh-SG`, but not for `zh-TW`. */
export function writingOf(tag: string): string {
  const { language, script } = new Intl.Locale(tag).maximize();
  return `${language}-${script}`;
}
