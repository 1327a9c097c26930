/** Texts that want to be more than text, by what they want to be. */
export const HOSTILE_TEXTS: Readonly<Record<string, string>> = {
  'a command': '::add-mask::x',
  'a command behind a space': ' ::error::gone wrong',
  'a command behind a no-break space': '\u00a0::error::gone wrong',
  'a command behind an ideographic space': '\u3000::error::gone wrong',
  'a command with properties': '::error file=a.ts,line=1::gone wrong',
  'a command to stop commands': '::stop-commands::x',
  'an older command inside a line': 'all is well ##[group]folded',
  'two older commands': '##[error]##[warning]x',
  'a command after LF': 'fine\n::add-mask::x',
  'a command after CR': 'fine\r::add-mask::x',
  'a command after CR LF': 'fine\r\n::add-mask::x',
  'a command after NEL': 'fine\u0085::add-mask::x',
  'a command after a line separator': 'fine\u2028::add-mask::x',
  'a command after a paragraph separator': 'fine\u2029::add-mask::x',
  'a command after a vertical tab and a form feed': 'fine\v\f::add-mask::x',
  'a command behind a zero-width space': '\u200b::add-mask::x',
  'a command behind a byte order mark': '\ufeff::add-mask::x',
  'a command split by zero-width characters': ':\u200d:add-mask:\u2060:x ##\u200b[group]y',
  'a command that holds a line separator': '::add-mask::x\u2028y',
  'a NUL': 'fine\u0000::add-mask::x',
  'a colour': '\u001b[31mred\u001b[0m \u009b32m',
  'a title and a link of the terminal': '\u001b]0;title\u0007\u001b]8;;https://evil.example\u001b\\x',
  'bidirectional controls': 'a\u202eb\u2066c\u2069d\u200fe\u061cf',
};

/** What no printed text holds: controls, format characters, separators of lines. */
export const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
