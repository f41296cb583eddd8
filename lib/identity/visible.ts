declare const visible: unique symbol;

/** A record that somebody is known to be allowed to see. Only the scoped openers (open-*.ts) can make one. */
export type Visible<Record> = Record & { readonly [visible]: true };
