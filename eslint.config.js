import eslint from '@eslint/js';
import astro from 'eslint-plugin-astro';
import { importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/**
 * One direction: git -> c, kdoc -> kfunc -> history -> data -> views -> pages; kdoc -> prose -> views.
 * Each folder names what it may import from besides itself; the dataset's schema and the diagnostics are
 * everyone's words.
 */
const mayImport = {
  git: [],
  c: [],
  kdoc: [],
  kfunc: ['c', 'kdoc'],
  btf: [],
  history: ['kfunc'],
  data: [],
  extract: ['git', 'c', 'kdoc', 'kfunc', 'history', 'data'],
  diff: ['data', 'history'],
  api: ['data', 'diff', 'views', 'text'],
  verify: ['btf', 'c', 'data', 'kfunc'],
  debian: ['git'],
  checks: ['data'],
  prose: ['kdoc'],
  search: [],
  views: ['data', 'diff', 'prose', 'search'],
  text: ['data', 'diff', 'views'],
  feeds: ['data', 'diff', 'views', 'text'],
  components: ['views', 'text', 'client'],
  layouts: ['views', 'components', 'client', 'styles'],
  pages: [
    'api',
    'views',
    'search',
    'text',
    'feeds',
    'components',
    'layouts',
    'client',
    'data',
    'styles',
  ],
  client: ['search'],
  publish: ['data', 'views', 'progress.ts'],
};
const shared = ['./data/schema', './diagnostic.ts', './user-error.ts'];

const zones = Object.entries(mayImport).map(([folder, allowed]) => ({
  target: `./src/${folder}`,
  from: './src',
  except: [...new Set([folder, ...allowed])].map((name) => `./${name}`).concat(shared),
  message: `src/${folder} may import only ${allowed.join(', ') || 'from itself'}: see CONTRIBUTING.md.`,
}));

export default tseslint.config(
  { ignores: ['dist/', '.astro/', 'coverage/', 'content/data/', '**/fixtures/**'] },
  eslint.configs.recommended,
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly' } },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  ...astro.configs.recommended,
  {
    files: ['**/*.ts', '**/*.astro'],
    plugins: { 'import-x': importX },
    rules: {
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones }],
    },
  },
);
