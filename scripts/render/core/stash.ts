/** Mark the begin and end of a placeholder: no characters of any script, and removed from sources before anything else. */
export const STX = '\ufdd0';
export const ETX = '\ufdd1';

const rawPlaceholder = /\ufdd0r(\d+)\ufdd1/g;

/** Finished HTML that waits, out of reach of every rule, until the page is put together. */
export class HtmlStash {
  private readonly pieces: string[] = [];

  /** Keeps a piece of HTML and returns the placeholder that stands for it. */
  store(html: string): string {
    this.pieces.push(html);
    return `${STX}r${this.pieces.length - 1}${ETX}`;
  }

  find(index: number): string | undefined {
    return this.pieces[index];
  }

  replace(index: number, html: string): void {
    this.pieces[index] = html;
  }

  /** Puts the pieces back, also those inside of other pieces. */
  restore(html: string, depth = 0): string {
    if (depth > 20 || !html.includes(STX)) return html;
    return html.replace(rawPlaceholder, (all, number: string) => {
      const piece = this.pieces[Number(number)];
      return piece === undefined ? all : this.restore(piece, depth + 1);
    });
  }
}

/** Writes a character so that no rule sees it; `unhide` brings it back. */
export function hide(char: string): string {
  return `${STX}${char.codePointAt(0)}${ETX}`;
}

/** Brings back every character that `hide` hid. */
export function unhide(text: string): string {
  if (!text.includes(STX)) return text;
  return text.replace(/\ufdd0(\d+)\ufdd1/g, (_, code: string) => String.fromCodePoint(Number(code)));
}
