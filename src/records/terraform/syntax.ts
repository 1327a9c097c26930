/** What a file of Terraform consists of, with the places of all parts. Offsets are UTF-16 code units. */

interface Part {
  readonly start: number;
  /** After its last character. */
  readonly end: number;
}

/** A quoted string without template sequences. */
interface TextExpression extends Part {
  readonly kind: 'text';
  /** What it means, without quotes and escapes. */
  readonly value: string;
}

/** A quoted string with interpolations. */
interface TemplateExpression extends Part {
  readonly kind: 'template';
  readonly parts: readonly (string | Expression)[];
}

/** `a.b.c`, as its names. */
interface Reference extends Part {
  readonly kind: 'reference';
  readonly path: readonly string[];
}

/** `[a, b]` */
export interface ListExpression extends Part {
  readonly kind: 'list';
  readonly items: readonly Expression[];
  /** The offset after the comma that follows the last item. */
  readonly afterLastComma: number | undefined;
  /** The offset of the first line break between the last item, with its comma if it has one, and the closing bracket. */
  readonly lineBreak: number | undefined;
}

/** `true`, `false` or `null` */
interface Constant extends Part {
  readonly kind: 'constant';
  readonly word: string;
}

/** `heredoc` is one without template sequences; `other` needs Terraform to know its value. */
interface OpaqueExpression extends Part {
  readonly kind: 'heredoc' | 'other';
}

/** The value of an argument, or a part of it. */
export type Expression =
  | TextExpression
  | TemplateExpression
  | Reference
  | ListExpression
  | Constant
  | OpaqueExpression;

/** `name = value` */
export interface Attribute extends Part {
  readonly name: string;
  readonly value: Expression;
}

/** What is between the braces of a block, or the whole file. */
export interface Body {
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly blocks: readonly Block[];
}

/** `type "label" { … }` */
export interface Block extends Part, Body {
  readonly type: string;
  readonly labels: readonly string[];
  /** The offset of the line break behind it and its comment, or of the end of the file. */
  readonly lineEnd: number;
}
