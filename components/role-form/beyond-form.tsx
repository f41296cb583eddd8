/** What the role holds beside the form, a sentence each; nothing where the form shows all of it. */
export function BeyondForm({ sentences }: { sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <section
      aria-label="Not on this form"
      className="mb-3 rounded-md border border-line bg-sunk px-3 py-2 text-sm text-ink-2"
    >
      <p className="font-medium">Not on this form, and kept as it is:</p>
      <ul className="mt-1 list-disc pl-5">
        {sentences.map((sentence) => (
          <li key={sentence} className="[overflow-wrap:anywhere]">
            {sentence}
          </li>
        ))}
      </ul>
    </section>
  );
}
