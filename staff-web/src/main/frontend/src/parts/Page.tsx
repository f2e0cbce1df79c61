import { type ReactNode, useEffect } from 'react';
import classes from './Page.module.css';

/** A page's heading, its actions and its content; the heading also names the browser's tab (without any patient's name). */
export function Page({ title, tab, aside, children, width = 'wide' }: { title: ReactNode; tab?: string; aside?: ReactNode; children: ReactNode; width?: 'wide' | 'text' }) {
  const name = tab ?? (typeof title === 'string' ? title : undefined);
  useEffect(() => {
    document.title = name ? `${name} · clinicops` : 'clinicops';
  }, [name]);
  return (
    <div className={classes.page} data-width={width}>
      <div className={classes.head}>
        <h1>{title}</h1>
        {aside ? <div className={classes.aside}>{aside}</div> : null}
      </div>
      {children}
    </div>
  );
}

/** A surface with an optional heading. */
export function Panel({ title, aside, children, flush }: { title?: ReactNode; aside?: ReactNode; children: ReactNode; flush?: boolean }) {
  return (
    <section className={classes.panel} data-flush={flush || undefined}>
      {title ? (
        <div className={classes.panelHead}>
          <h2>{title}</h2>
          {aside}
        </div>
      ) : null}
      {children}
    </section>
  );
}
