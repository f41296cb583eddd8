/** A public page that says so. */
export function Source({ href }: { href: string }) {
  return (
    <a href={href} rel="noopener noreferrer" className="text-accent [overflow-wrap:anywhere] hover:underline">
      {href.replace(/^https:\/\//, "")}
    </a>
  );
}
