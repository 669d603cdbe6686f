import { unified } from '@astrojs/markdown-remark';
import { defineConfig } from 'astro/config';

// `scripts/build.ts` gives what differs from build to build: outDir, base, site.
export default defineConfig({
  output: 'static',
  trailingSlash: 'always',
  build: {
    format: 'directory',
    // One style sheet, which every page shares, and a policy that allows no inline styles.
    inlineStylesheets: 'never',
  },
  vite: {
    // Scripts are files: the policy allows no inline ones either.
    build: { cssCodeSplit: false, assetsInlineLimit: 0 },
    // What renders the pages is bundled whole: it runs beside the output, which can be anywhere.
    environments: { prerender: { resolve: { noExternal: true } } },
  },
  // The words in content/ are Markdown through remark and rehype, as the kernel-doc is.
  markdown: { processor: unified({ smartypants: false }), syntaxHighlight: false },
  devToolbar: { enabled: false },
});
