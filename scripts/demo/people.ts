/** Who can sign in to the demo, and what each may do: for the screen, the README and demo.json. */
export const people = [
  {
    username: "pia",
    name: "Pia Okafor",
    as: "platform engineer",
    may: "sees everything, adds accounts, plans and applies roles",
  },
  {
    username: "oleg",
    name: "Oleg Brandt",
    as: "project owner",
    may: "Maintainer of acme/shop: asks for roles of its projects, which Pia approves",
  },
  {
    username: "dora",
    name: "Dora Lindqvist",
    as: "developer",
    may: "Developer of acme/shop: sees, and is told why no more",
  },
  {
    username: "ada",
    name: "Ada Moreau",
    as: "auditor",
    may: "reads every role, request and audit entry; changes nothing",
  },
  { username: "boris", name: "Boris Novak", as: "blocked user", may: "is refused at sign-in, with the reason" },
  { username: "nils", name: "Nils Aubert", as: "member of nothing", may: "is refused at sign-in, with the reason" },
] as const;
