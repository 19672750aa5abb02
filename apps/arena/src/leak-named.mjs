// Does a report name the documented culprit? By one word, the same for every tool.

/**
 * The word that a report has to hold: the field in the documented retaining path (`x` of `Owner.x` or `Owner[x]`,
 * less the k of a symbol such as kEvents), or where it has no field what the path's first arrow points at.
 *
 * @param retainer - Such as `Adapter.sids -> {}`.
 */
export function culpritWord(retainer) {
  const [, word] = /[.[]([\w$]+)/.exec(retainer) ?? /->\s*([\w$]+)/.exec(retainer) ?? [];
  return word?.replace(/^k(?=[A-Z])/, '');
}

/** Whether a text holds the culprit's word, whole and in any case, with or without the k of a symbol. */
export function namesCulprit(text, retainer) {
  const word = culpritWord(retainer);
  const pattern = `(?<![\\w$])k?${word?.replaceAll('$', '\\$&')}(?![\\w$])`;
  return word !== undefined && new RegExp(pattern, 'i').test(text);
}
