/**
 * What a page may load: nothing but the site's own style sheets, scripts, pictures and data. Nothing inline,
 * nothing from elsewhere, no frames.
 */
const sources: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self'",
  'connect-src': "'self'",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'self'",
};

/** Directives that browsers heed in a header alone, and complain of in a page. */
const headerOnly: Readonly<Record<string, string>> = { 'frame-ancestors': "'none'" };

function policy(directives: Readonly<Record<string, string>>): string {
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
}

/** As `<meta http-equiv="Content-Security-Policy">`: for hosts where one can set no headers. */
export const policyInPage = policy(sources);

/** As a header. */
export const policyInHeader = policy({ ...sources, ...headerOnly });
