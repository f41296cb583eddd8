import { Fragment, type ReactNode } from "react";
import { CrumbLink } from "./crumb-link";

export interface Crumb {
  label: ReactNode;
  href?: string;
}

export interface PageHeaderProps {
  /** The way down to this page; a crumb without `href` is only words. */
  crumbs?: readonly Crumb[];
  title: ReactNode;
  /** Beside the title: grade, state. */
  marks?: ReactNode;
  /** One line of facts under the title. */
  facts?: ReactNode;
  /** Buttons at the right. */
  actions?: ReactNode;
}

/** The head of a page: crumbs, title with its marks, facts in one line, actions at the right. */
export function PageHeader({ crumbs = [], title, marks, facts, actions }: PageHeaderProps) {
  return (
    <header className="mb-4 flex flex-wrap items-end gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1 basis-72">
        {crumbs.length > 0 ? (
          <nav aria-label="Breadcrumb">
            <ol className="mb-0.5 flex flex-wrap items-center gap-x-1.5 text-sm text-ink-3">
              {crumbs.map((crumb, index) => (
                <Fragment key={index}>
                  {index > 0 ? <li aria-hidden>/</li> : null}
                  <li className="min-w-0">
                    {crumb.href ? (
                      <CrumbLink href={crumb.href}>{crumb.label}</CrumbLink>
                    ) : (
                      <span className="text-ink-2">{crumb.label}</span>
                    )}
                  </li>
                </Fragment>
              ))}
            </ol>
          </nav>
        ) : null}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="text-xl font-semibold tracking-[-0.018em] [overflow-wrap:anywhere] [&_code]:text-[18px]">
            {title}
          </h1>
          {marks}
        </div>
        {facts ? <div className="mt-0.5 flex flex-wrap gap-x-3 text-sm text-ink-2">{facts}</div> : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </header>
  );
}
