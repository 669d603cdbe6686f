/** One entry of apt's sources (sources.list(5)). */
export interface AptSource {
  uri: string;
  suites: string[];
  components: string[];
}

/**
 * Reads the one-line form. Comments, `deb-src` and what does not parse are left out.
 *
 *     deb [arch=amd64 signed-by=/a.gpg] http://example.org/debian stable main
 */
export function parseOneLineSources(text: string): AptSource[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)((?:\s+[^\s#]+)*)/.exec(line);
    if (match === null) return [];
    const [, uri = '', suite = '', components = ''] = match;
    return [{ uri, suites: [suite], components: words(components) }];
  });
}

/**
 * Reads the deb822 form: stanzas of fields, with a stanza that says `Enabled: no` left out.
 *
 *     Types: deb
 *     URIs: http://example.org/debian
 *     Suites: stable
 *     Components: main
 */
export function parseDeb822Sources(text: string): AptSource[] {
  return parseStanzas(text).flatMap((fields) => {
    if (/^(no|false|off|0)$/i.test(fields.get('enabled') ?? '')) return [];
    if (!words(fields.get('types') ?? '').includes('deb')) return [];
    const suites = words(fields.get('suites') ?? '');
    const components = words(fields.get('components') ?? '');
    return words(fields.get('uris') ?? '').map((uri) => ({ uri, suites, components }));
  });
}

/** Stanzas of `Field: value` (deb822(5)), field names in lower case, lines that go on joined by blanks. */
export function parseStanzas(text: string): Map<string, string>[] {
  const stanzas: Map<string, string>[] = [];
  let fields = new Map<string, string>();
  let field = '';
  for (const line of `${text}\n\n`.split('\n')) {
    if (line.startsWith('#')) continue;
    if (line.trim() === '') {
      if (fields.size > 0) stanzas.push(fields);
      fields = new Map();
      field = '';
    } else if (/^[ \t]/.test(line)) {
      if (field !== '') fields.set(field, `${fields.get(field) ?? ''} ${line.trim()}`.trim());
    } else {
      const colon = line.indexOf(':');
      if (colon < 1) continue;
      field = line.slice(0, colon).toLowerCase();
      fields.set(field, line.slice(colon + 1).trim());
    }
  }
  return stanzas;
}

/**
 * Which sources may be a mirror of Debian's archive, likeliest first. The signature decides in the
 * end; the order only keeps other vendors' servers from being asked without need.
 *
 * @param codename this machine's release (`bookworm`), when it is known
 */
export function mirrorCandidates(sources: readonly AptSource[], codename: string | null): string[] {
  const scored = sources
    .filter(({ uri, suites, components }) => {
      if (!components.includes('main') || uri.startsWith('cdrom:')) return false;
      return (
        !suites.every((suite) => suite.includes('security')) && !uri.includes('debian-security')
      );
    })
    .map(({ uri, suites }) => ({
      uri: uri.replace(/\/+$/, ''),
      score:
        (/\/debian\/*$|debian\.list$/.test(uri) ? 2 : 0) +
        (suites.includes(codename ?? '') ? 1 : 0),
    }))
    .sort((a, b) => b.score - a.score);
  return [...new Set(scored.map(({ uri }) => uri))];
}

/** The suites that a mirror is used for on this machine, without those that only hold updates. */
export function suitesOf(sources: readonly AptSource[], mirror: string): string[] {
  return sources
    .filter(({ uri }) => uri.replace(/\/+$/, '') === mirror)
    .flatMap(({ suites }) => suites)
    .filter((suite) => /^[a-z][a-z0-9-]*$/.test(suite) && !/-(updates|security|debug)/.test(suite));
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
