// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of other languages.
import { HOSTILE_TEXTS } from './hostile-text.ts';

/** Texts that want to be more than text wherever one may land: in a log, a page, an output, a file. */
export const VERY_HOSTILE_TEXTS: readonly string[] = [
  ...Object.values(HOSTILE_TEXTS),
  '%0A::error::x',
  'x\n::set-output name=state::enabled',
  '<img src=x onerror=alert(1)>',
  '</code></td></tr></table><script>alert(1)</script>',
  '"><a href="javascript:alert(1)">x</a>',
  '<!-- --> <details open>',
  '[link](https://evil.example) ![image](https://evil.example/x.png)',
  '| a | b |\n|---|---|\n| c | d |',
  '`code` and\n```mermaid\n%%{init: {}}%%\ngraph TD\nclick x "javascript:alert(1)"\n```',
  '\n\n# Heading\n\n* item\n\n---\n',
  'state<<EOF\nenabled\nEOF\nstate=enabled',
  'ghadelimiter_\nghadelimiter_00000000-0000-0000-0000-000000000000',
  '${{ github.token }} ${{ secrets.X }}',
  '${file("/etc/passwd")} %{ for x in y }%{ endfor }',
  '"}\nresource "x" "y" {',
  '"); process.exit(); ("',
  '@octo-org/team @octocat fixes #1, o/r#2, GH-3 0123456789abcdef',
  'https://evil.example www.evil.example',
  '{{ x }} $x^2$ \\(y\\) *b* _i_ ~~s~~ :tada:',
  'x'.repeat(5000),
];
